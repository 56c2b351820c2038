import type { Clock } from '@taskfleet/toolbox/clock';
import {
  type Fleet,
  isFlowId,
  isTaskId,
  isTerminal,
  publishedAt,
  type TaskId,
  type TaskRecord,
  type TaskState,
  UnknownIdError,
} from '@taskfleet/toolbox/contract';
import {
  moveDue,
  putDefinitionOnce,
  readDueTask,
  readResult,
  readTasks,
  recordCancelled,
  recordCancelRequest,
  removeDue,
  type TaskTable,
  tellCancel,
} from '@taskfleet/toolbox/table';
import { TaskEndedError } from '../errors.ts';
import { retentionOf } from '../retention.ts';

export interface CancelOptions {
  readonly table: TaskTable;
  /** Whose contracts say how long records stay. */
  readonly fleet: Fleet;
  readonly clock: Pick<Clock, 'now'>;
}

/** `cancelled`: the task had not begun, and never will. `asked`: it runs; its signal aborts within a third of its lease. */
export type Cancelled = 'cancelled' | 'asked';

/**
 * Ends a task that has not begun, and asks one that runs to stop. The wish is in the record: no attempt begins after it, also if
 * the worker dies. Asking again is no error. Throws UnknownIdError, also for a
 * flow, and TaskEndedError for a task in another final state.
 */
export async function cancelTask(
  options: CancelOptions,
  id: string,
  by: string,
): Promise<Cancelled> {
  if (!isTaskId(id) || isFlowId(id)) throw new UnknownIdError(id);
  for (;;) {
    // Somebody may write in between: then what is to be done is decided anew.
    const became = await tryToCancel(options, id, by);
    if (became) return became;
  }
}

/** Ends a task that waits in its queue, and leaves alone what has begun or ended meanwhile. Resolves to whether it is cancelled now. */
export async function cancelQueued(
  options: CancelOptions,
  id: TaskId,
  by: string,
): Promise<boolean> {
  for (;;) {
    const [task] = await readTasks(options.table, [id]);
    if (task?.state !== 'queued') return false;
    const met = await readResult(options.table, id);
    if (met !== undefined && met.state !== 'queued') return false;
    if (await end(options, task, wishOf(options, { id, by, met }))) return true;
  }
}

async function tryToCancel(
  options: CancelOptions,
  id: TaskId,
  by: string,
): Promise<Cancelled | undefined> {
  const { table } = options;
  const met = await readResult(table, id);
  const [task] = await readTasks(table, [id], { waiting: true });
  if (!task) throw new UnknownIdError(id);
  if (met && isTerminal(met.state)) return endedBefore(id, met.state);
  const wish = wishOf(options, { id, by, met });
  return met?.state === 'running' ? askToStop(options, wish) : end(options, task, wish);
}

type Wish = Parameters<typeof recordCancelRequest>[1];

/** Who asked first stays. */
function wishOf(
  { clock }: CancelOptions,
  { id, by, met }: Pick<Wish, 'id' | 'met'> & { readonly by: string },
): Wish {
  return { id, met, cancel: met?.cancel ?? { by, at: clock.now() } };
}

async function askToStop(
  { table, clock }: CancelOptions,
  wish: Wish,
): Promise<Cancelled | undefined> {
  if (!(await recordCancelRequest(table, wish))) return undefined;
  // After the record: whoever claims from now on sees it there, and whoever claimed before is told here.
  await tellCancel(table, { id: wish.id, by: wish.cancel.by, at: clock.now() });
  return 'asked';
}

async function end(
  { table, fleet, clock }: CancelOptions,
  { task, createdAt, dueAt }: TaskRecord,
  wish: Wish,
): Promise<Cancelled | undefined> {
  const now = clock.now();
  const retentionMs = retentionOf(fleet, task);
  const times = {
    now,
    createdAt: publishedAt({ createdAt: createdAt ?? now, dueAt }),
    retentionMs,
  };
  if (!(await recordCancelled(table, { ...wish, ...times }))) return undefined;
  await forgetWaiting({ table, clock }, wish.id, retentionMs);
  return 'cancelled';
}

/**
 * What waits in the table is never published now; what was asked for stays known. A flow's task is published at once instead: whoever
 * receives it finds that it has ended, and carries the flow on. One that waits for the topic, and not for its time, stays where it is: its
 * scheduler takes it for the last of its group in the table, and without it would publish the next past those before it.
 */
async function forgetWaiting(
  { table, clock }: Pick<CancelOptions, 'table' | 'clock'>,
  id: TaskId,
  retentionMs: number,
): Promise<void> {
  const waiting = await readDueTask(table, id);
  if (!waiting) return;
  const { definition } = waiting;
  await putDefinitionOnce(table, { definition, retentionMs });
  if (definition.dueAt === undefined) return;
  if (definition.flow) await moveDue(table, waiting, { ...waiting, dueAt: clock.now() });
  else await removeDue(table, [id]);
}

function endedBefore(id: TaskId, state: TaskState): Cancelled {
  if (state === 'cancelled') return 'cancelled';
  throw new TaskEndedError(id, state);
}
