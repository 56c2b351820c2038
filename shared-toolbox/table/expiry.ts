import { QUEUE_RETENTION_DAYS } from '../contract/index.ts';

const QUEUE_RETENTION_MS = QUEUE_RETENTION_DAYS * 86_400_000;

export interface RecordTimes {
  readonly createdAt: number;
  /** Left out while the task has not ended. */
  readonly endedAt?: number;
  readonly retentionMs: number;
}

/**
 * When a record may go. A definition must outlive its message, whose task may still run; a result must not go before the
 * definition, or a task that has ended would look as if it had never begun. So neither goes before the queue's retention
 * and the task's own have passed.
 */
export function expiryOf({ createdAt, endedAt = createdAt, retentionMs }: RecordTimes): number {
  return Math.max(createdAt + QUEUE_RETENTION_MS, endedAt) + retentionMs;
}

export function epochSeconds(milliseconds: number): number {
  return Math.ceil(milliseconds / 1_000);
}
