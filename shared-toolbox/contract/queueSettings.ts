import { PLATFORM_LEASE_SECONDS } from './fleet.ts';
import { visibilitySeconds } from './functionTime.ts';
import { QUEUE_RETENTION_DAYS } from './offload.ts';
import { maxReceiveCount, type Worker } from './worker.ts';

/** What the queue of one service has of its own. */
export interface QueueSettings {
  /** How long a message stays with its holder without a sign of life. */
  readonly visibilityTimeoutSeconds: number;
  /** Receives after which the queue moves a message to the dead letters. At most 1,000. */
  readonly maxReceiveCount: number;
}

export function workerQueueSettings(worker: Worker): QueueSettings {
  return {
    visibilityTimeoutSeconds: visibilitySeconds(worker),
    maxReceiveCount: maxReceiveCount(worker),
  };
}

/**
 * Receives: times the visibility, 50 minutes of a table that refuses writes before a copy is dead-lettered. Malformed messages do
 * not wait for it: the tracker moves them itself.
 */
export const PLATFORM_QUEUE: QueueSettings = Object.freeze({
  visibilityTimeoutSeconds: PLATFORM_LEASE_SECONDS,
  maxReceiveCount: 100,
});

/** What all queues of a stage have. */
export const EVERY_QUEUE = {
  /**
   * Longer than SQS's default of 4 days, because what no worker takes by then is gone: it has to outlast a long weekend's
   * outage and the slowest retries. Shorter than the dead letters', so that what failed is kept longer than what waits.
   */
  retentionDays: 10,
  /** The longest that SQS keeps anything. */
  deadLetterRetentionDays: QUEUE_RETENTION_DAYS,
  /** The longest poll that SQS takes: the fewest empty receives, which are billed. */
  receiveWaitSeconds: 20,
} as const;
