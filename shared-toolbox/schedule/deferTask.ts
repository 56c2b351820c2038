import { isOutage } from '../breaker/index.ts';
import { PublishError, UnavailableError } from '../contract/index.ts';
import { keepDue, keepDueOnce, type TaskTable } from '../table/index.ts';
import type { Keepable } from './outgoing.ts';
import { SOON_MS } from './publishFailure.ts';

/**
 * Keeps a task in the table until it is due; the dispatcher publishes it then. Throws UnavailableError when the table does not
 * answer, PublishError when it refuses.
 */
export async function deferTask(
  table: TaskTable,
  { id, body, groupId, definition }: Keepable,
  dueAt: number,
): Promise<void> {
  const keep = definition.keyed ? keepDueOnce : keepDue;
  try {
    await keep(table, { id, body, groupId, definition, dueAt });
  } catch (cause) {
    const reason = `the table did not take it: ${String(cause)}`;
    if (!isOutage(cause)) throw new PublishError(id, reason, { cause });
    throw new UnavailableError(id, reason, { cause, retryAfterMs: SOON_MS });
  }
}
