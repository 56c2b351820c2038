import type { TaskId } from '@taskfleet/toolbox/contract';

/** A task's place in an index. */
export interface IndexEntry {
  readonly id: TaskId;
  /** Milliseconds since 1970: the index's sort key. */
  readonly at: number;
}

/** Newest first; tasks of the same millisecond by their id, so that the order is total and a page can end between them. */
export function byNewest(a: IndexEntry, b: IndexEntry): number {
  if (a.at !== b.at) return b.at - a.at;
  if (a.id === b.id) return 0;
  return a.id < b.id ? 1 : -1;
}
