import type { Clock } from '@taskfleet/toolbox/clock';
import { type TaskId, UnknownIdError } from '@taskfleet/toolbox/contract';
import { readTasks, type TaskTable } from '@taskfleet/toolbox/table';
import { markLost, type SeenTask } from '../signals/index.ts';
import { cursorAt, parseCursor } from './cursor.ts';
import type { IndexEntry } from './indexEntry.ts';
import { checkRequest, type ListRequest, matches, planList } from './planList.ts';
import { walkIndex } from './walkIndex.ts';

export interface ListOptions {
  readonly table: TaskTable;
  readonly clock: Pick<Clock, 'now' | 'sleep' | 'random'>;
}

export interface TaskPage {
  readonly tasks: readonly SeenTask[];
  /** For the next page; left out when nothing is left. */
  readonly cursor?: string;
}

/** Records that one call reads at most: a rare state among many tasks costs several calls, never an endless one. */
const LARGEST_READ = 1_000;

/** Records read together: fewer requests where a filter drops most, at most two where it drops none. */
const CHUNK = 50;

/** A page of tasks, newest first. Tasks whose retention is over are left out, whether DynamoDB has deleted them or not. */
export async function listTasks(options: ListOptions, request: ListRequest): Promise<TaskPage> {
  checkRequest(request);
  const root = request.family && (await findRoot(options, request.family));
  const { index, partitions } = planList(request, root?.id);
  const after = request.cursor === undefined ? undefined : parseCursor(index, request.cursor);
  const limit = Math.max(CHUNK, request.limit);
  const { from: oldest = 0, to: newest = Infinity } = request;
  const entries = walkIndex(options.table, {
    requests: partitions.map((partition) => ({ index, partition, limit, oldest, newest })),
    others: root && root.at >= oldest && root.at <= newest ? [root] : [],
    after,
  });
  const { tasks, end } = await collect(options, request, entries);
  return end ? { tasks, cursor: cursorAt(index, end) } : { tasks };
}

/** The root of a task's family, where its own time puts it: it has no place in the index of its children. */
async function findRoot({ table, clock }: ListOptions, id: TaskId): Promise<IndexEntry> {
  const [member] = await readTasks(table, [id], { aliveAt: clock.now(), waiting: true });
  if (!member) throw new UnknownIdError(id);
  const rootId = member.root ?? id;
  const [root] = rootId === id ? [member] : await readTasks(table, [rootId], { waiting: true });
  return { id: rootId, at: root?.createdAt ?? 0 };
}

interface Collected {
  readonly tasks: readonly SeenTask[];
  /** The last entry looked at, when more are left. */
  readonly end: IndexEntry | undefined;
}

async function collect(
  options: ListOptions,
  request: ListRequest,
  entries: AsyncGenerator<IndexEntry, void>,
): Promise<Collected> {
  const tasks: SeenTask[] = [];
  for (let read = 0; read < LARGEST_READ; read += CHUNK) {
    const chunk = await take(entries, CHUNK);
    const ids = chunk.map(({ id }) => id);
    const found = await readMatching(options, request, ids);
    for (const [i, id] of ids.entries()) {
      tasks.push(...(found.get(id) ?? []));
      if (tasks.length === request.limit) return { tasks, end: await endAt(chunk, i, entries) };
    }
    if (chunk.length < CHUNK) return { tasks, end: undefined };
    if (read + CHUNK >= LARGEST_READ) return { tasks, end: chunk.at(-1) };
  }
  return { tasks, end: undefined };
}

/** Those that were asked for, by their ids. */
async function readMatching(
  options: ListOptions,
  request: ListRequest,
  ids: readonly TaskId[],
): Promise<ReadonlyMap<TaskId, readonly [SeenTask]>> {
  const { table, clock } = options;
  const records = await readTasks(table, ids, { aliveAt: clock.now(), waiting: true });
  const there = records.filter((record) => record !== undefined);
  const seen = await markLost(
    options,
    there.filter((record) => matches(record, request)),
  );
  const shown = seen.filter(({ lost }) => lost || !request.lost);
  return new Map(shown.map((record) => [record.id, [record] as const]));
}

/** The page's last entry, unless it is the very last: then there is no next page to promise. */
async function endAt(
  chunk: readonly IndexEntry[],
  i: number,
  entries: AsyncGenerator<IndexEntry, void>,
): Promise<IndexEntry | undefined> {
  const isLast = i === chunk.length - 1 && (await take(entries, 1)).length === 0;
  return isLast ? undefined : chunk[i];
}

async function take(entries: AsyncGenerator<IndexEntry, void>, most: number) {
  const taken: IndexEntry[] = [];
  while (taken.length < most) {
    const { value, done } = await entries.next();
    if (done || value === undefined) break;
    taken.push(value);
  }
  return taken;
}
