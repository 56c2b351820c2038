import type { TaskId, TaskState } from '../contract/index.ts';
import { inState } from './conditions.ts';
import { TASK_TABLE } from './layout.ts';
import type { TaskTable } from './taskTable.ts';
import { updateResult } from './updateResult.ts';

/** What of the former life would count against the new one, or no longer be true. */
const FORGOTTEN = [
  'error',
  'cancel',
  'errors',
  'snoozes',
  'progress',
  'finishedAt',
  TASK_TABLE.timeToLive,
] as const;

/**
 * Makes a dead task claimable again, with all its attempts before it; its fencing token goes on growing. Resolves to the
 * task's state afterwards: a task that was not dead is left as it is, and one without a record waits in its queue.
 */
export async function recordRedriven(table: TaskTable, id: TaskId): Promise<TaskState> {
  const written = await updateResult(table, id, {
    set: { state: 'queued', attempt: 0 },
    remove: FORGOTTEN,
    condition: inState('dead'),
  });
  if (written.after) return written.after.state;
  return written.met?.state ?? 'queued';
}
