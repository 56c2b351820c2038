import { Coalescer } from '../aws/index.ts';
import type { Availability } from '../breaker/index.ts';
import { type Schedule, TooLargeError, toMilliseconds } from '../contract/index.ts';
import type { TaskTable } from '../table/index.ts';
import { awaitResult } from './awaitResult.ts';
import { buildMessage, type Origin } from './buildMessage.ts';
import { InputOffload, type InputOffloadOptions } from './inputOffload.ts';
import { BYTES_PER_PUBLISH, type Outgoing } from './publishMessages.ts';
import { publishFailure } from './publishFailure.ts';
import { topicBreaker, type TopicBreakerOptions } from './topicBreaker.ts';

export interface SchedulerOptions extends TopicBreakerOptions, InputOffloadOptions {
  /** Where results are read from. */
  readonly table: TaskTable;
}

export interface Scheduler {
  readonly schedule: Schedule;
  /** A `schedule` whose tasks are children of that one: same family, same creator unless said otherwise. */
  scheduleFrom(origin: Origin): Schedule;
  /** Whether the topic is known not to answer; `schedule()` then throws UnavailableError at once. Costs no call. */
  availability(): Availability;
  /** Ends the breaker's timers. They keep no process alive: a program that ends needs no call. */
  close(): void;
}

/** SNS's limit for a batch (docs.aws.amazon.com/sns/latest/api/API_PublishBatch.html). */
const MESSAGES_PER_PUBLISH = 10;

/**
 * Makes `schedule()`. Calls made in the same moment share a request; two tasks of a group are never under way in two
 * requests at once, so that a group's order is the order of the calls.
 */
export function createScheduler(options: SchedulerOptions): Scheduler {
  const topic = topicBreaker(options);
  const publishes = new Coalescer<Outgoing, void>({
    maxEntries: MESSAGES_PER_PUBLISH,
    maxBytes: BYTES_PER_PUBLISH,
    sizeOf: ({ sizeBytes }) => sizeBytes,
    laneOf: ({ groupId }) => groupId,
    send: async (entries) => topic.call(entries),
  });

  const inputs = new InputOffload(options, topic.availability);

  function scheduleAs(origin: Origin | undefined): Schedule {
    return async (task, input, scheduleOptions = {}) => {
      const { clock, table, bucket } = options;
      const message = buildMessage({ task, input, options: scheduleOptions, origin, clock });
      await inputs.publish(task, message, async (entry) =>
        publish(publishes, entry, topic.availability),
      );
      return {
        id: message.id,
        result: async ({ timeout = '1m' } = {}) =>
          awaitResult({
            table,
            bucket,
            clock,
            task,
            id: message.id,
            timeoutMs: toMilliseconds(timeout),
          }),
      };
    };
  }

  return {
    schedule: scheduleAs(undefined),
    scheduleFrom: scheduleAs,
    availability: topic.availability,
    close: topic.close,
  };
}

async function publish(
  publishes: Coalescer<Outgoing, void>,
  entry: Outgoing,
  availability: () => Availability,
): Promise<void> {
  if (entry.sizeBytes > BYTES_PER_PUBLISH) {
    throw new TooLargeError('the task with its input', entry.sizeBytes, BYTES_PER_PUBLISH);
  }
  try {
    await publishes.add(entry);
  } catch (cause) {
    throw publishFailure(entry.message.id, cause, availability());
  }
}
