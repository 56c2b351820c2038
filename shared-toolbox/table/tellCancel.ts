import { workerOfId } from '../contract/index.ts';
import { type CancelNotice, changeControl } from './control.ts';
import type { TaskTable } from './taskTable.ts';

/** Longer than the longest lease, 10 minutes: a process that has not read the item for so long holds no task any more. */
const KEPT_MS = 15 * 60_000;

/** Keeps the item, which is written whole, at some 100 KB. A task told before these is cancelled at its next claim. */
const MOST_NOTICES = 1_000;

/** Tells the worker's processes that a task is to end. */
export async function tellCancel(table: TaskTable, notice: CancelNotice): Promise<void> {
  await changeControl(table, workerOfId(notice.id), ({ cancels }) => {
    const kept = cancels.filter(({ id, at }) => id !== notice.id && at > notice.at - KEPT_MS);
    return { cancels: [...kept, notice].slice(-MOST_NOTICES) };
  });
}
