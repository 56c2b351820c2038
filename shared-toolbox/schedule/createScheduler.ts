import type { SNSClient } from '@aws-sdk/client-sns';
import { Coalescer } from '../aws/index.ts';
import type { Clock } from '../clock.ts';
import { PublishError, type Schedule, TooLargeError, toMilliseconds } from '../contract/index.ts';
import type { TaskTable } from '../table/index.ts';
import { awaitResult } from './awaitResult.ts';
import { buildMessage, type Origin } from './buildMessage.ts';
import { type Outgoing, outgoing, publishMessages } from './publishMessages.ts';

export interface SchedulerOptions {
  readonly sns: SNSClient;
  readonly topicArn: string;
  /** Where results are read from. */
  readonly table: TaskTable;
  readonly clock: Clock;
}

export interface Scheduler {
  readonly schedule: Schedule;
  /** A `schedule` whose tasks are children of that one: same family, same creator unless said otherwise. */
  scheduleFrom(origin: Origin): Schedule;
}

/** SNS's limits for a batch (docs.aws.amazon.com/sns/latest/api/API_PublishBatch.html). */
const MESSAGES_PER_PUBLISH = 10;
const BYTES_PER_PUBLISH = 262_144;

/**
 * Makes `schedule()`. Calls made in the same moment share a request; two tasks of a group are never under way in two
 * requests at once, so that a group's order is the order of the calls.
 */
export function createScheduler(options: SchedulerOptions): Scheduler {
  const publishes = new Coalescer<Outgoing, void>({
    maxEntries: MESSAGES_PER_PUBLISH,
    maxBytes: BYTES_PER_PUBLISH,
    sizeOf: ({ sizeBytes }) => sizeBytes,
    laneOf: ({ groupId }) => groupId,
    send: async (entries) => publishMessages(options, entries),
  });

  function scheduleAs(origin: Origin | undefined): Schedule {
    return async (task, input, scheduleOptions = {}) => {
      const { clock, table } = options;
      const message = buildMessage({ task, input, options: scheduleOptions, origin, clock });
      await publish(publishes, outgoing(message));
      return {
        id: message.id,
        result: async ({ timeout = '1m' } = {}) =>
          awaitResult({
            table,
            clock,
            task,
            id: message.id,
            timeoutMs: toMilliseconds(timeout),
          }),
      };
    };
  }

  return { schedule: scheduleAs(undefined), scheduleFrom: scheduleAs };
}

async function publish(publishes: Coalescer<Outgoing, void>, entry: Outgoing): Promise<void> {
  if (entry.sizeBytes > BYTES_PER_PUBLISH) {
    throw new TooLargeError('the task with its input', entry.sizeBytes, BYTES_PER_PUBLISH);
  }
  try {
    await publishes.add(entry);
  } catch (cause) {
    if (cause instanceof PublishError) throw cause;
    const reason = cause instanceof Error ? cause.message || cause.name : String(cause);
    throw new PublishError(entry.message.id, reason, { cause });
  }
}
