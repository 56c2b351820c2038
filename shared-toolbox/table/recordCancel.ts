import { RECORD_VERSION, type TaskId, type TaskResultRecord } from '../contract/index.ts';
import { unchangedSince } from './conditions.ts';
import { epochSeconds, expiryOf, type RecordTimes } from './expiry.ts';
import { TASK_TABLE } from './layout.ts';
import type { TaskTable } from './taskTable.ts';
import { updateResult } from './updateResult.ts';

/** Who asked for a task's end, and when (milliseconds since 1970). */
export type Cancel = NonNullable<TaskResultRecord['cancel']>;

interface Meeting {
  readonly id: TaskId;
  readonly cancel: Cancel;
  /** The result as it was read before; the write is refused when it has changed. Left out: there was none. */
  readonly met: TaskResultRecord | undefined;
}

export interface Cancellation extends Meeting, Omit<RecordTimes, 'endedAt'> {
  /** Milliseconds since 1970. */
  readonly now: number;
}

/**
 * Ends a task that nobody runs. Resolves to whether it was written; if not, somebody else wrote since, and what is to be done
 * has to be decided again.
 */
export async function recordCancelled(
  table: TaskTable,
  { id, cancel, met, now, ...times }: Cancellation,
): Promise<boolean> {
  const { after } = await updateResult(table, id, {
    set: {
      v: RECORD_VERSION,
      id,
      cancel,
      ...cancelledAt(now, { ...times, cancel, attempt: met?.attempt ?? 0 }),
    },
    // What a claim would have set, for a task that nobody has ever claimed.
    setOnce: { attempt: 0, token: 0, claim: '', holder: '' },
    condition: unchangedSince(met),
  });
  return after !== undefined;
}

/** Asks for the end of a task that runs. Resolves to whether it was written, as above. */
export async function recordCancelRequest(
  table: TaskTable,
  { id, cancel, met }: Meeting,
): Promise<boolean> {
  const { after } = await updateResult(table, id, {
    set: { cancel },
    condition: unchangedSince(met),
  });
  return after !== undefined;
}

interface CancelledAttempt extends Omit<RecordTimes, 'endedAt'> {
  readonly cancel: Pick<Cancel, 'by'>;
  /** Attempts begun so far. */
  readonly attempt: number;
}

/** The fields of a task that ends by being cancelled. */
export function cancelledAt(now: number, { cancel, attempt, ...times }: CancelledAttempt) {
  return {
    state: 'cancelled',
    finishedAt: now,
    error: { name: 'CancelledError', message: `cancelled by ${cancel.by}`, attempt },
    [TASK_TABLE.timeToLive]: epochSeconds(expiryOf({ ...times, endedAt: now })),
  };
}
