import type { Clock } from '@taskfleet/toolbox/clock';
import {
  isTaskId,
  parseMessage,
  type ScheduleOptions,
  serializeMessage,
  type TaskId,
  type TaskMessage,
  UnknownIdError,
  ValidationError,
} from '@taskfleet/toolbox/contract';
import { callTimes } from '@taskfleet/toolbox/schedule';
import {
  type DueTask,
  moveDue,
  readDueTask,
  readTasks,
  type TaskTable,
} from '@taskfleet/toolbox/table';
import { TaskNotWaitingError } from '../errors.ts';

export interface RescheduleOptions {
  readonly table: TaskTable;
  readonly clock: Pick<Clock, 'now'>;
}

/**
 * Gives a task that waits for its time another one. Resolves to it, in milliseconds since 1970. Throws UnknownIdError,
 * TaskNotWaitingError for a task that is out or ended, and ValidationError for a time that cannot be had.
 */
export async function rescheduleTask(
  { table, clock }: RescheduleOptions,
  id: string,
  when: Pick<ScheduleOptions, 'delay' | 'eta'>,
): Promise<number> {
  if (!isTaskId(id)) throw new UnknownIdError(id);
  const now = clock.now();
  const { problems, dueAt = now } = callTimes(when, now);
  const [first, ...rest] = problems;
  if (first) throw new ValidationError('options', [first, ...rest]);
  let moved: number | undefined;
  // Somebody may move it in between: then it is moved from there.
  while (moved === undefined) moved = await tryToMove(table, id, dueAt);
  return moved;
}

async function tryToMove(table: TaskTable, id: TaskId, dueAt: number): Promise<number | undefined> {
  const before = await readDueTask(table, id);
  if (!before) throw await notWaiting(table, id);
  if (before.taken) throw new TaskNotWaitingError(id, 'queued');
  return (await moveDue(table, before, movedTo(before, dueAt))) ? dueAt : undefined;
}

async function notWaiting(table: TaskTable, id: TaskId): Promise<Error> {
  const [record] = await readTasks(table, [id]);
  return record ? new TaskNotWaitingError(id, record.state) : new UnknownIdError(id);
}

function movedTo(before: DueTask, dueAt: number): DueTask {
  const parsed = parseMessage(before.body);
  if (!parsed.ok) throw parsed.error;
  const message: TaskMessage = { ...parsed.value, dueAt };
  if (message.expires !== undefined && message.expires <= dueAt) {
    const expected = `expected before the task expires, at ${new Date(message.expires).toISOString()}`;
    throw new ValidationError('options', [{ field: 'eta', message: expected }]);
  }
  return {
    ...before,
    body: serializeMessage(message),
    dueAt,
    definition: { ...before.definition, dueAt },
  };
}
