import { systemClock } from '@taskfleet/toolbox/clock';
import {
  isFlowId,
  isTaskId,
  isTerminal,
  ROOT,
  type TaskId,
  type TaskRecord,
  UnknownIdError,
} from '@taskfleet/toolbox/contract';
import { endFlow, putStop, readFlow, readTasks } from '@taskfleet/toolbox/table';
import { TaskEndedError } from '../errors.ts';
import { createReader } from '../reader/index.ts';
import { type CancelOptions, cancelTask } from './cancelTask.ts';

/** Looks for members that were scheduled meanwhile. */
const MOST_LOOKS = 5;

const PAGE = 500;

/** How long the word stays that a flow begins nothing more. */
const STOP_KEPT_SECONDS = 400 * 86_400;

/**
 * Cancels all tasks and flows that have one root, by the id of any of them. Flows first, so that they publish nothing more: what they had
 * published then ends as cancelled, however late it is received. Tasks that a running handler schedules meanwhile are looked
 * for a few times. Resolves to the ids of those that were cancelled or asked to stop. Throws UnknownIdError.
 */
export async function cancelFamily(
  options: CancelOptions,
  id: string,
  by: string,
): Promise<TaskId[]> {
  if (!isTaskId(id)) throw new UnknownIdError(id);
  const [member] = await readTasks(options.table, [id], { waiting: true });
  if (!member) throw new UnknownIdError(id);
  return cancelAll(options, by, async () => membersOf(options, member.root ?? id));
}

/** Cancels a flow, and all that it led to. Resolves to ids as above. Throws UnknownIdError, and TaskEndedError for one that has ended otherwise. */
export async function cancelFlow(
  options: CancelOptions,
  id: TaskId,
  by: string,
): Promise<TaskId[]> {
  const [flow] = await readTasks(options.table, [id]);
  if (!flow) throw new UnknownIdError(id);
  if (isTerminal(flow.state) && flow.state !== 'cancelled')
    throw new TaskEndedError(id, flow.state);
  return cancelAll(options, by, async () =>
    descendants(await membersOf(options, flow.root ?? id), id),
  );
}

async function cancelAll(
  options: CancelOptions,
  by: string,
  find: () => Promise<readonly TaskRecord[]>,
): Promise<TaskId[]> {
  const done = new Set<TaskId>();
  for (let look = 0; look < MOST_LOOKS; look += 1) {
    const open = (await find()).filter(({ id, state }) => !isTerminal(state) && !done.has(id));
    if (open.length === 0) break;
    const [flows, tasks] = [true, false].map((wanted) =>
      open.filter(({ id }) => isFlowId(id) === wanted),
    );
    for (const { id } of flows ?? []) await stopFlow(options, id, by);
    for (const { id } of tasks ?? []) await orEnded(cancelTask(options, id, by));
    for (const { id } of open) done.add(id);
  }
  return [...done];
}

async function stopFlow({ table, clock }: CancelOptions, id: TaskId, by: string): Promise<void> {
  const flow = await readFlow(table, id);
  if (!flow) return;
  const now = clock.now();
  const expiresAt = Math.ceil(now / 1_000) + STOP_KEPT_SECONDS;
  // First: a flow that says it is cancelled is not cancelled again.
  await putStop(table, { flow: id, scope: ROOT }, { by, at: now, expiresAt });
  await endFlow(table, flow, { state: 'cancelled', cancelledBy: by, now });
}

/** Members end while others are cancelled: that is no failure of the whole. */
async function orEnded(cancel: Promise<unknown>): Promise<void> {
  try {
    await cancel;
  } catch (error) {
    if (!(error instanceof TaskEndedError)) throw error;
  }
}

async function membersOf({ table, clock }: CancelOptions, family: TaskId): Promise<TaskRecord[]> {
  const reader = createReader(table, { ...systemClock, now: clock.now });
  const members: TaskRecord[] = [];
  let cursor: string | undefined;
  do {
    const page = await reader.list({ family, limit: PAGE, cursor });
    members.push(...page.tasks);
    ({ cursor } = page);
  } while (cursor !== undefined);
  return members;
}

function descendants(family: readonly TaskRecord[], root: TaskId): TaskRecord[] {
  const below = Map.groupBy(family, ({ parent }) => parent);
  const found: TaskRecord[] = family.filter(({ id }) => id === root);
  for (const { id } of found) found.push(...(below.get(id) ?? []));
  return found;
}
