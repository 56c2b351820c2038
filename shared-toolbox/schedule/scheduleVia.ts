import type { Clock } from '../clock.ts';
import { createStart, type PlannedFlow } from '../canvas/index.ts';
import {
  type AnyTask,
  type Fleet,
  type Json,
  type Schedule,
  type ScheduleMany,
  type Start,
  type TaskHandle,
  type TaskId,
  toMilliseconds,
} from '../contract/index.ts';
import { inScheduleSpan } from '../trace/index.ts';
import { allOrError } from './allOrError.ts';
import { resultOf } from './awaitOutput.ts';
import type { Origin } from './buildMessage.ts';
import type { Lanes } from './lanes.ts';
import { type Prepared, prepare } from './prepare.ts';
import { prepareMany } from './prepareMany.ts';

/** What became of a call. */
export interface Taken {
  readonly id: TaskId;
  /** Whether a task of before stands for it. */
  readonly isDuplicate: boolean;
}

/**
 * The side of `schedule()` that holds the connections. Only plain data passes, so that a thread can reach it as well: order within a
 * group, shared requests and the breaker stay the process's.
 */
export interface SchedulePort {
  /** Resolves once the task is taken, or one of before stands for it. */
  publish(prepared: Prepared): Promise<Taken>;
  /** Resolves to the output as it was recorded, once the task has succeeded. Rejects with the signal's reason when that aborts. */
  output(id: TaskId, timeoutMs: number, signal?: AbortSignal): Promise<Json | undefined>;
  /** Resolves to the flow's id once it is accepted. */
  start(planned: PlannedFlow): Promise<TaskId>;
}

export interface ScheduleViaOptions {
  readonly port: SchedulePort;
  /** Whose children the tasks are. */
  readonly origin: Origin | undefined;
  readonly clock: Pick<Clock, 'now' | 'randomBytes'>;
  readonly lanes: Lanes;
  /** Tasks that a canvas may have. Default: any. */
  readonly fleet?: Fleet | undefined;
  /** Ends the waiting for results, as an attempt's end does. Default: nothing does. */
  readonly signal?: AbortSignal | undefined;
}

/** Ways to ask for tasks, for somebody or on behalf of a task. */
export interface Scheduling {
  /** Asks for one task. */
  readonly schedule: Schedule;
  /** Asks for a task once for each input. */
  readonly scheduleMany: ScheduleMany;
  /** Starts a canvas. */
  readonly start: Start;
}

/** Makes `schedule()`: what is checked is checked here, by the definition that the caller has. */
export function scheduleVia({ port: given, signal, ...asking }: ScheduleViaOptions): Scheduling {
  const port: SchedulePort = {
    ...given,
    output: async (id, timeoutMs) => given.output(id, timeoutMs, signal),
  };
  const publish = async <T extends AnyTask>(
    task: T,
    prepared: Prepared,
  ): Promise<TaskHandle<T>> => {
    const { id, isDuplicate } = await inScheduleSpan(prepared.message, async (message) =>
      port.publish({ ...prepared, message }),
    );
    return {
      id,
      isDuplicate,
      result: async ({ timeout = '1m' } = {}) =>
        resultOf(task, await port.output(id, toMilliseconds(timeout))),
    };
  };
  return {
    schedule: async (task, input, options = {}) =>
      publish(task, prepare({ ...asking, task, input, options })),
    scheduleMany: async (task, inputs, options = {}) => {
      const calls = prepareMany({ ...asking, task, options }, inputs);
      return allOrError(calls.map(async (prepared) => publish(task, prepared)));
    },
    start: createStart({ port, ...asking }),
  };
}
