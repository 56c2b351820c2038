import { RECORD_VERSION, type TaskId, type TaskResultRecord } from '../contract/index.ts';
import { unchangedSince } from './conditions.ts';
import { epochSeconds, expiryOf, type RecordTimes } from './expiry.ts';
import { TASK_TABLE } from './layout.ts';
import type { TaskTable } from './taskTable.ts';
import { updateResult } from './updateResult.ts';

/** A task of which a message lies in a dead-letter queue, and why. */
export interface Death extends Omit<RecordTimes, 'endedAt'> {
  readonly id: TaskId;
  readonly reason: string;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** The result as it was read before; the write is refused when it has changed. Left out: there was none. */
  readonly met: TaskResultRecord | undefined;
}

/**
 * Records that a task is dead: it could not even be run. Whether that is a legal step from the state met is the caller's to
 * decide. Resolves to whether it was written; if not, somebody else wrote since, and the decision has to be made again.
 */
export async function recordDead(
  table: TaskTable,
  { id, reason, now, met, ...times }: Death,
): Promise<boolean> {
  const { after } = await updateResult(table, id, {
    set: {
      v: RECORD_VERSION,
      id,
      state: 'dead',
      finishedAt: now,
      error: deathError(reason, met?.attempt ?? 0),
      [TASK_TABLE.timeToLive]: epochSeconds(expiryOf({ ...times, endedAt: now })),
    },
    // What a claim would have set, for a task that nobody has ever claimed.
    setOnce: { attempt: 0, token: 0, claim: '', holder: '' },
    condition: unchangedSince(met),
  });
  return after !== undefined;
}

/** How a dead task's record says why. Attempt 0: it was never run. */
export function deathError(reason: string, attempt: number) {
  return { name: 'DeadLetter', message: reason, attempt };
}
