import type { Availability } from '../breaker/index.ts';
import { createFlows, createStart, type Flows } from '../canvas/index.ts';
import {
  type AnyTask,
  type Fleet,
  type Schedule,
  type ScheduleMany,
  type ScheduleOptions,
  type Start,
  type TaskHandle,
  type TaskMessage,
  toMilliseconds,
} from '../contract/index.ts';
import { allOrError } from './allOrError.ts';
import { awaitResult } from './awaitResult.ts';
import { buildMessage, type Origin } from './buildMessage.ts';
import { buildMessages } from './buildMessages.ts';
import { createSender, type SenderOptions } from './createSender.ts';
import { Lanes } from './lanes.ts';
import { scheduleUnique } from './uniqueTask.ts';

export interface SchedulerOptions extends SenderOptions {
  /** Tasks that a canvas may have; another is refused. Default: any. */
  readonly fleet?: Fleet;
}

/** Ways to ask for tasks, for somebody or on behalf of a task. */
export interface Scheduling {
  readonly schedule: Schedule;
  readonly scheduleMany: ScheduleMany;
  readonly start: Start;
}

export interface Scheduler extends Scheduling {
  /** A scheduler whose tasks are children of that one: same family, same creator unless said otherwise. */
  from(origin: Origin): Scheduling;
  /** Whether the topic is known not to answer; `schedule()` then throws UnavailableError at once. Costs no call. */
  availability(): Availability;
  /** Carries on what was started: for workers and the platform. */
  readonly flows: Flows;
  /** Ends the breaker's timers. They keep no process alive: a program that ends needs no call. */
  close(): void;
}

/** Makes `schedule()`: the way from a call to a message that is out. */
export function createScheduler(options: SchedulerOptions): Scheduler {
  const { clock, table, bucket } = options;
  const sender = createSender(options);
  const lanes = new Lanes(clock);
  const flows = createFlows({ table, bucket, clock, post: sender.post });

  async function scheduled<T extends AnyTask>(
    task: T,
    message: TaskMessage,
    { durable = false }: ScheduleOptions,
  ): Promise<TaskHandle<T>> {
    const send = async (some: TaskMessage) => sender.send(task, some, durable);
    const { id, isDuplicate } = await scheduleUnique({ table, clock, send }, task, message);
    return {
      id,
      isDuplicate,
      result: async ({ timeout = '1m' } = {}) =>
        awaitResult({ table, bucket, clock, task, id, timeoutMs: toMilliseconds(timeout) }),
    };
  }

  function schedulingFor(origin: Origin | undefined): Scheduling {
    const asking = { origin, clock, lanes };
    return {
      schedule: async (task, input, scheduleOptions = {}) => {
        const message = buildMessage({ ...asking, task, input, options: scheduleOptions });
        return scheduled(task, message, scheduleOptions);
      },
      scheduleMany: async (task, inputs, scheduleOptions = {}) => {
        const calls = buildMessages({ ...asking, task, options: scheduleOptions }, inputs);
        return allOrError(calls.map(async (call) => scheduled(task, call.message, call.options)));
      },
      start: createStart({ table, bucket, clock, lanes, flows, fleet: options.fleet }, origin),
    };
  }

  return {
    ...schedulingFor(undefined),
    from: schedulingFor,
    flows,
    availability: sender.availability,
    close: sender.close,
  };
}
