import { RECORD_VERSION, type TaskId } from '../contract/index.ts';
import type { Condition } from './updateExpression.ts';
import { epochSeconds, expiryOf, type RecordTimes } from './expiry.ts';
import { TASK_TABLE } from './layout.ts';
import type { TaskTable } from './taskTable.ts';
import { updateResult } from './updateResult.ts';

export interface Expiry extends Omit<RecordTimes, 'endedAt'> {
  readonly id: TaskId;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** The moment that has passed. */
  readonly expires: number;
}

/** Nobody has ever begun the task, or what began was given back. */
const NOT_BEGUN: Condition = {
  expression: 'attribute_not_exists(#state) OR (#state = :if_state AND #attempt = :if_attempt)',
  names: ['state', 'attempt'],
  values: { state: 'queued', attempt: 0 },
};

/** Ends a task that was not begun in time. Resolves to whether it had not been. */
export async function recordExpired(
  table: TaskTable,
  { id, now, expires, ...times }: Expiry,
): Promise<boolean> {
  const message = `nobody had begun it by ${new Date(expires).toISOString()}`;
  const { after } = await updateResult(table, id, {
    set: {
      v: RECORD_VERSION,
      id,
      state: 'expired',
      finishedAt: now,
      error: { name: 'ExpiredError', message, attempt: 0 },
      [TASK_TABLE.timeToLive]: epochSeconds(expiryOf({ ...times, endedAt: now })),
    },
    setOnce: { attempt: 0, token: 0, claim: '', holder: '' },
    condition: NOT_BEGUN,
  });
  return after !== undefined;
}
