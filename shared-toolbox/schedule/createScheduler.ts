import { createFlows, createStart, type Flows, type Post } from '../canvas/index.ts';
import { type Availability, tableBoard } from '../breaker/index.ts';
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
import type { TaskTable } from '../table/index.ts';
import { awaitResult } from './awaitResult.ts';
import { allOrError } from './allOrError.ts';
import { buildMessage, type Origin } from './buildMessage.ts';
import { buildMessages } from './buildMessages.ts';
import { type Asked, Delivery } from './delivery.ts';
import { InputOffload, type InputOffloadOptions } from './inputOffload.ts';
import { Patience } from './patience.ts';
import { messageBringer } from './messageBringer.ts';
import { publishLanes } from './publishLanes.ts';
import { topicBreaker, type TopicBreakerOptions } from './topicBreaker.ts';

export interface SchedulerOptions extends Omit<TopicBreakerOptions, 'board'>, InputOffloadOptions {
  /** Where results are read from, durable and deferred tasks are kept, and processes tell each other of an outage. */
  readonly table: TaskTable;
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

/**
 * Makes `schedule()`. Calls made in the same moment share a request; two tasks of a group are never under way in two
 * requests at once, so that a group's order is the order of the calls.
 */
export function createScheduler(options: SchedulerOptions): Scheduler {
  const { clock, table, bucket } = options;
  const topic = topicBreaker({ ...options, board: tableBoard({ table, name: 'topic', clock }) });
  const patience = new Patience(clock, topic.options.timeoutMs);
  const delivery = new Delivery({ topic, table, patience, clock });
  const publishes = publishLanes(async (entries: readonly Asked[]) => delivery.send(entries));
  const { availability } = topic;
  const inputs = new InputOffload(options, availability);
  const bring = messageBringer({ inputs, publishes, table, clock, availability });

  async function send<T extends AnyTask>(
    task: T,
    message: TaskMessage,
    { durable = false }: ScheduleOptions,
  ): Promise<TaskHandle<T>> {
    const { id } = message;
    await bring({ task, contract: task, message, isDurable: durable });
    return {
      id,
      result: async ({ timeout = '1m' } = {}) =>
        awaitResult({ table, bucket, clock, task, id, timeoutMs: toMilliseconds(timeout) }),
    };
  }

  const post: Post = async ({ task: name, retentionMs }, message) =>
    bring({ task: { name, retentionMs }, contract: undefined, message, isDurable: true });
  const flows = createFlows({ table, bucket, clock, post });
  const starting = { table, bucket, clock, flows, fleet: options.fleet };

  function schedulingFor(origin: Origin | undefined): Scheduling {
    return {
      schedule: async (task, input, scheduleOptions = {}) => {
        const request = { task, input, options: scheduleOptions, origin, clock };
        return send(task, buildMessage(request), scheduleOptions);
      },
      scheduleMany: async (task, inputsOfTasks, scheduleOptions = {}) => {
        const request = { task, options: scheduleOptions, origin, clock };
        const calls = buildMessages(request, inputsOfTasks);
        return allOrError(calls.map(async (call) => send(task, call.message, call.options)));
      },
      start: createStart(starting, origin),
    };
  }

  return {
    ...schedulingFor(undefined),
    from: schedulingFor,
    flows,
    availability,
    close: topic.close,
  };
}
