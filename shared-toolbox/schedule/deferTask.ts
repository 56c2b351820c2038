import { keepDue, keepDueOnce, type TaskTable } from '../table/index.ts';
import type { Keepable } from './outgoing.ts';
import { tableFailure } from './tableFailure.ts';

/** Keeps a task in the table until it is due; the dispatcher publishes it then. Throws PublishError; UnavailableError for an outage. */
export async function deferTask(
  table: TaskTable,
  { id, body, groupId, priority, definition }: Keepable,
  dueAt: number,
): Promise<void> {
  const keep = definition.keyed ? keepDueOnce : keepDue;
  try {
    await keep(table, { id, body, groupId, priority, definition, dueAt });
  } catch (cause) {
    throw tableFailure(id, cause);
  }
}
