import { type Clients, Coalescer } from '@taskfleet/toolbox/aws';
import type { Clock } from '@taskfleet/toolbox/clock';
import { sqsQueue, startConsumer } from '@taskfleet/toolbox/consume';
import { type Fleet, PLATFORM_LEASE_SECONDS } from '@taskfleet/toolbox/contract';
import type { Log } from '@taskfleet/toolbox/log';
import { DEFINITIONS_PER_WRITE, type DefinitionToKeep } from '@taskfleet/toolbox/table';
import { keepDefinitions } from './keepDefinitions.ts';
import { trackMessage } from './trackMessage.ts';

export interface StartTrackerOptions {
  /** Whose schemas say what is secret, and how long records stay. */
  readonly fleet: Fleet;
  readonly clients: Pick<Clients, 'sqs' | 'dynamodb'>;
  readonly resources: TrackerResources;
  readonly clock: Clock;
  readonly log: Log;
  /** How long a receive waits for messages, from 0 to 20. */
  readonly pollSeconds: number;
}

/** What the stack made for the platform. */
export interface TrackerResources {
  readonly tableName: string;
  readonly queueUrl: string;
  readonly deadLetterQueueUrl: string;
}

export interface RunningTracker {
  /** Takes nothing new, and resolves when every message that was received is kept or given back. */
  stop(): Promise<void>;
}

/** Messages looked at together: enough to fill four writes of 25 while the next receive is under way. */
const CONCURRENCY = 100;

/** Keeps a definition of every task on the platform queue, whoever scheduled it. */
export function startTracker(options: StartTrackerOptions): RunningTracker {
  const { fleet, clients, resources, clock, log, pollSeconds } = options;
  const { tableName, queueUrl, deadLetterQueueUrl } = resources;
  const table = { dynamodb: clients.dynamodb, tableName };
  const writes = new Coalescer<DefinitionToKeep, void>({
    maxEntries: DEFINITIONS_PER_WRITE,
    send: async (entries) => keepDefinitions(table, entries),
  });
  const tracking = { fleet, log, keep: async (entry: DefinitionToKeep) => writes.add(entry) };
  const leaseSeconds = PLATFORM_LEASE_SECONDS;
  const consumer = startConsumer({
    queue: sqsQueue({ sqs: clients.sqs, queueUrl, deadLetterQueueUrl, leaseSeconds, pollSeconds }),
    leaseSeconds,
    concurrency: CONCURRENCY,
    // Definitions do not depend on each other: a large group need not be kept one by one.
    laneOf: ({ deduplicationId }) => deduplicationId,
    handle: async (held) => trackMessage(tracking, held),
    clock,
    log,
  });
  return { stop: async () => consumer.stop() };
}
