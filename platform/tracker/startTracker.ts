import type { SQSClient } from '@aws-sdk/client-sqs';
import { Coalescer } from '@taskfleet/toolbox/aws';
import type { GuardedTable } from '@taskfleet/toolbox/breaker';
import type { Clock } from '@taskfleet/toolbox/clock';
import { sqsQueue, startConsumer, startWatchdog } from '@taskfleet/toolbox/consume';
import { type Fleet, PLATFORM_LEASE_SECONDS } from '@taskfleet/toolbox/contract';
import type { Log } from '@taskfleet/toolbox/log';
import type { Statistics } from '@taskfleet/toolbox/statistics';
import {
  DEFINITIONS_PER_WRITE,
  type DefinitionToKeep,
  putDefinitionOnce,
} from '@taskfleet/toolbox/table';
import type { OwnMetrics } from '../metrics/index.ts';
import { keepDefinitions } from './keepDefinitions.ts';
import { trackMessage } from './trackMessage.ts';

export interface StartTrackerOptions {
  /** Whose schemas say what is secret, and how long records stay. */
  readonly fleet: Fleet;
  readonly sqs: SQSClient;
  /** While it is unavailable, nothing is received: each receive brings a copy nearer to the dead-letter queue. */
  readonly table: GuardedTable;
  readonly queues: TrackerQueues;
  /** Counts the tasks that were scheduled. */
  readonly statistics: Pick<Statistics, 'count'>;
  /** Told how late each definition was kept. */
  readonly metrics: Pick<OwnMetrics, 'trackedAfter'>;
  readonly clock: Clock;
  readonly log: Log;
  /** How long a receive waits for messages, from 0 to 20. */
  readonly pollSeconds: number;
  /** After how long without a receive that succeeded the tracker counts as lost. Default 0: never. */
  readonly watchdogSeconds?: number;
}

/** Addresses of the platform's two queues. */
export interface TrackerQueues {
  readonly queueUrl: string;
  readonly deadLetterQueueUrl: string;
}

export interface RunningTracker {
  /** Takes nothing new, and resolves when every message that was received is kept or given back. */
  stop(): Promise<void>;
  /** Resolves when it receives no more and has no reason for it: the process is to end with an error. */
  readonly expired: Promise<void>;
}

/** Messages looked at together: enough to fill four writes of 25 while the next receive is under way. */
const CONCURRENCY = 100;

/** Keeps a definition of every task on the platform queue, whoever scheduled it. */
export function startTracker(options: StartTrackerOptions): RunningTracker {
  const { sqs, table, queues, clock, log, pollSeconds } = options;
  const { queueUrl, deadLetterQueueUrl } = queues;
  const writes = new Coalescer<DefinitionToKeep, void>({
    maxEntries: DEFINITIONS_PER_WRITE,
    send: async (entries) => keepDefinitions(table.table, entries),
  });
  const keep = async (entry: DefinitionToKeep) => {
    // Of calls with one key the first counts, so that a later one must not be written over it.
    if (entry.definition.keyed) await putDefinitionOnce(table.table, entry);
    else await writes.add(entry);
  };
  const tracking = { ...options, keep };
  const leaseSeconds = PLATFORM_LEASE_SECONDS;
  const consumer = startConsumer({
    queue: sqsQueue({ sqs, queueUrl, deadLetterQueueUrl, leaseSeconds, pollSeconds }),
    leaseSeconds,
    concurrency: CONCURRENCY,
    // Definitions do not depend on each other: a large group need not be kept one by one.
    laneOf: ({ deduplicationId }) => deduplicationId,
    handle: async (held) => trackMessage(tracking, held),
    gate: table.breaker.whenAvailable,
    clock,
    log,
  });
  const watchdog = startWatchdog({ consumer, limitSeconds: options.watchdogSeconds ?? 0, log });
  return {
    expired: watchdog.expired,
    stop: async () => {
      watchdog.stop();
      await consumer.stop();
    },
  };
}
