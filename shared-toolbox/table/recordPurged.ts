import type { TaskId } from '../contract/index.ts';
import { inState } from './conditions.ts';
import { deathError } from './recordDead.ts';
import type { TaskTable } from './taskTable.ts';
import { updateResult } from './updateResult.ts';

/** Why a task had died, and how often it had been tried. */
export interface Purge {
  readonly reason: string;
  readonly attempt: number;
}

/** Says in a dead task's record that its message is gone for good. The state stays; a task that is not dead is left alone. */
export async function recordPurged(
  table: TaskTable,
  id: TaskId,
  { reason, attempt }: Purge,
): Promise<void> {
  await updateResult(table, id, {
    set: { error: deathError(`${reason} (purged by an operator)`, attempt) },
    condition: inState('dead'),
  });
}
