import type { TaskId, TaskState } from '@taskfleet/toolbox/contract';
import type { SeenTask } from '../signals/index.ts';
import { cursorAt, parseCursor } from './cursor.ts';
import { familyState } from './familyState.ts';
import { byNewest, type IndexEntry } from './indexEntry.ts';
import { type ListOptions, listTasks } from './listTasks.ts';

export interface FamilyRequest {
  /** Of any of its tasks. */
  readonly id: TaskId;
  /** Only tasks of this one. Default: of all. */
  readonly creator?: string | undefined;
  /** Tasks of a page, from 1 to 500. */
  readonly limit: number;
  /** Where the page before ended. */
  readonly cursor?: string | undefined;
}

/** A family as a whole, and a page of its tasks. */
export interface FamilyPage {
  readonly state: TaskState | undefined;
  /** How many tasks are in each state that any of them is in. */
  readonly counts: Readonly<Partial<Record<TaskState, number>>>;
  /** Oldest first. */
  readonly tasks: readonly SeenTask[];
  /** For the next page; left out when nothing is left. */
  readonly cursor?: string;
}

const PAGE = 500;

/** Reads a whole family: its state is that of all its tasks together. Throws UnknownIdError and ListRequestError. */
export async function readFamily(
  options: ListOptions,
  { id, creator, limit, cursor }: FamilyRequest,
): Promise<FamilyPage> {
  const after = cursor === undefined ? undefined : parseCursor('family', cursor);
  const members: SeenTask[] = [];
  let next: string | undefined;
  do {
    const page = await listTasks(options, { family: id, creator, limit: PAGE, cursor: next });
    members.push(...page.tasks);
    next = page.cursor;
  } while (next !== undefined);
  const left = members.filter((task) => !after || byNewest(placeOf(task), after) < 0);
  const tasks = left.toSorted((a, b) => byNewest(placeOf(b), placeOf(a))).slice(0, limit);
  const last = tasks.at(-1);
  return {
    state: familyState(members.map(({ state }) => state)),
    counts: countsOf(members),
    tasks,
    ...(last && left.length > limit && { cursor: cursorAt('family', placeOf(last)) }),
  };
}

function placeOf({ id, createdAt = 0 }: SeenTask): IndexEntry {
  return { id, at: createdAt };
}

function countsOf(members: readonly SeenTask[]): FamilyPage['counts'] {
  const byState = Map.groupBy(members, ({ state }) => state);
  return Object.fromEntries([...byState].map(([state, { length }]) => [state, length]));
}
