import { setTimeout as delay } from 'node:timers/promises';
import {
  type AnyTask,
  type Duration,
  findTask,
  type Fleet,
  isTaskId,
  type OutputOf,
  type TaskId,
  type TaskRecord,
  type TaskState,
  toMilliseconds,
} from '@taskfleet/toolbox/contract';
import { NotSeenError } from '../errors.ts';
import type { Sighting, Sightings } from './sightings.ts';

/** Which task is meant: its definition or name, for any task of that kind; a handle or an id for one. */
export type Which<T extends AnyTask = AnyTask> = T | string | { readonly id: TaskId };

/** A task as its record was when it came into the state. Secrets of its input are replaced. */
export interface SeenTask<T extends AnyTask = AnyTask> extends Omit<TaskRecord, 'output'> {
  /** What it returned, as it is kept: only of one that succeeded, and not of a large one. */
  readonly output?: OutputOf<T>;
}

export interface SpyOptions {
  /** How long to wait, in real time. Default `'5s'`. */
  readonly timeout?: Duration;
}

/**
 * Resolves to the first task of the kind that came into the state, or as soon as one does, and for which the predicate is true. Throws
 * NotSeenError, which says what was seen instead, and UnknownTaskError for a name that the fleet does not have.
 */
export type Await = <T extends AnyTask>(
  which: Which<T>,
  predicate?: (task: SeenTask<T>) => boolean,
  options?: SpyOptions,
) => Promise<SeenTask<T>>;

/** Waits for what becomes of tasks, also for what has happened already. */
export interface Spy {
  readonly running: Await;
  readonly succeeded: Await;
  readonly failed: Await;
  readonly retrying: Await;
  readonly dead: Await;
  readonly cancelled: Await;
  readonly expired: Await;
  /** Everything so far, a line for each change: `export.project export_0199… running, attempt 1`. */
  seen(): Promise<readonly string[]>;
}

export interface SpyParts {
  readonly fleet: Fleet;
  readonly sightings: Sightings;
  /** Reads what is known of a task. */
  readonly read: (id: TaskId) => Promise<TaskRecord | undefined>;
  /** Rejects when the fleet has ended. */
  readonly closed: Promise<never>;
}

const LOOK_AGAIN_MS = 10;

export function createSpy(parts: SpyParts): Spy {
  const awaiting =
    (state: TaskState): Await =>
    async (which, predicate = () => true, options = {}) => {
      const { timeout = '5s' } = options;
      const search: Search = { ...parts, state, ...meant(parts.fleet, which) };
      const matches = (task: TaskRecord) => predicate(task as SeenTask<never>);
      const found = await waitFor(search, matches, toMilliseconds(timeout));
      if (!found) throw new NotSeenError(state, search.name, timeout, await describeAll(parts));
      return found as SeenTask<never>;
    };
  return {
    running: awaiting('running'),
    succeeded: awaiting('succeeded'),
    failed: awaiting('failed'),
    retrying: awaiting('retrying'),
    dead: awaiting('dead'),
    cancelled: awaiting('cancelled'),
    expired: awaiting('expired'),
    seen: async () => describeAll(parts),
  };
}

interface Meant {
  readonly name: string;
  readonly isMeant: (sighting: Sighting, record: TaskRecord | undefined) => boolean;
}

interface Search extends SpyParts, Meant {
  readonly state: TaskState;
}

function meant(fleet: Fleet, which: Which): Meant {
  const id = typeof which === 'object' && 'id' in which ? which.id : which;
  if (typeof id === 'string' && isTaskId(id)) {
    return { name: id, isMeant: (sighting) => sighting.id === id };
  }
  const { name } = findTask(fleet, typeof which === 'string' ? which : (which as AnyTask).name);
  return { name, isMeant: (_sighting, record) => record?.task === name };
}

async function waitFor(
  search: Search,
  matches: (task: TaskRecord) => boolean,
  timeoutMs: number,
): Promise<TaskRecord | undefined> {
  const { sightings, closed } = search;
  const over = Promise.withResolvers<'over'>();
  const timer = setTimeout(() => over.resolve('over'), timeoutMs);
  try {
    for (;;) {
      const changed = Promise.withResolvers<void>();
      const stop = sightings.listen(() => changed.resolve());
      const { found, isComplete } = await find(search, matches);
      if (found) return found;
      // What the tracker has not seen yet is looked at again.
      const next = isComplete ? changed.promise : delay(LOOK_AGAIN_MS);
      const end = await Promise.race([next, over.promise, closed]);
      stop();
      if (end === 'over') return (await find(search, matches)).found;
    }
  } finally {
    clearTimeout(timer);
  }
}

async function find(
  { sightings, state, isMeant, read }: Search,
  matches: (task: TaskRecord) => boolean,
): Promise<{ readonly found?: TaskRecord; readonly isComplete: boolean }> {
  let isComplete = true;
  for (const sighting of sightings.all.filter((one) => one.state === state)) {
    const record = await read(sighting.id);
    // Before the tracker has kept its definition, nobody can say which task it is.
    if (record?.task === undefined) isComplete = false;
    else if (isMeant(sighting, record)) {
      const { attempt, error } = sighting;
      const task: TaskRecord = { ...record, state, attempt, error };
      if (matches(task)) return { found: task, isComplete };
    }
  }
  return { isComplete };
}

async function describeAll({ sightings, read }: SpyParts): Promise<string[]> {
  return Promise.all(
    sightings.all.map(async ({ id, state, attempt, error }) => {
      const record = await read(id).catch(() => undefined);
      const why = error && state !== 'running' ? `: ${error.name}: ${error.message}` : '';
      return `${record?.task ?? 'a task'} ${id} ${state}, attempt ${attempt}${why}`;
    }),
  );
}
