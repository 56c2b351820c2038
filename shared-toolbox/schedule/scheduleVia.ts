import type { Clock } from '../clock.ts';
import {
  type AnyTask,
  type Json,
  type Schedule,
  type TaskId,
  type TaskMessage,
  toMilliseconds,
} from '../contract/index.ts';
import { resultOf } from './awaitResult.ts';
import { buildMessage, type Origin } from './buildMessage.ts';

/** A task that is ready to be published, as plain data. */
export interface Prepared {
  readonly task: Pick<AnyTask, 'name' | 'retentionMs'>;
  readonly message: TaskMessage;
  /** It is kept in the table while the topic is away. */
  readonly isDurable: boolean;
}

/**
 * The side of `schedule()` that holds the connections. Only plain data passes, so that a thread can reach it as well: order within a
 * group, shared requests and the breaker stay the process's.
 */
export interface SchedulePort {
  /** Resolves once the task is taken. */
  publish(prepared: Prepared): Promise<void>;
  /** Resolves to the output as it was recorded, once the task has succeeded. */
  output(id: TaskId, timeoutMs: number): Promise<Json | undefined>;
}

export interface ScheduleViaOptions {
  readonly port: SchedulePort;
  /** Whose children the tasks are. */
  readonly origin: Origin | undefined;
  readonly clock: Pick<Clock, 'now' | 'randomBytes'>;
}

/** Makes `schedule()`: what is checked is checked here, by the definition that the caller has. */
export function scheduleVia({ port, origin, clock }: ScheduleViaOptions): Schedule {
  return async (task, input, options = {}) => {
    const message = buildMessage({ task, input, options, origin, clock });
    const { id } = message;
    const { name, retentionMs } = task;
    const isDurable = options.durable ?? false;
    await port.publish({ task: { name, retentionMs }, message, isDurable });
    return {
      id,
      result: async ({ timeout = '1m' } = {}) =>
        resultOf(task, await port.output(id, toMilliseconds(timeout))),
    };
  };
}
