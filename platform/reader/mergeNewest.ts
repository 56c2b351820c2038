import { byNewest, type IndexEntry } from './indexEntry.ts';

/** What is known so far of one index partition. */
export interface Partition {
  /** Newest first by time; entries of the same time in any order, as DynamoDB promises none. */
  readonly entries: readonly IndexEntry[];
  /** Nothing older is left to read. */
  readonly ended: boolean;
}

export interface Merged {
  /** In order; nothing that is still unread can come before or between them. */
  readonly ready: readonly IndexEntry[];
  /** What has to wait, by partition. */
  readonly kept: readonly (readonly IndexEntry[])[];
}

/**
 * Merges partitions as far as they are known. An entry is ready when it is newer than anything that any partition may
 * still deliver. Pure.
 */
export function mergeNewest(partitions: readonly Partition[]): Merged {
  const limit = Math.max(...partitions.map(newestUnread));
  const isReady = ({ at }: IndexEntry) => at > limit;
  return {
    ready: partitions.flatMap(({ entries }) => entries.filter(isReady)).toSorted(byNewest),
    kept: partitions.map(({ entries }) => entries.filter((entry) => !isReady(entry))),
  };
}

/** The newest time that may still come: further entries may share the time of the last. */
export function newestUnread({ entries, ended }: Partition): number {
  return ended ? -Infinity : (entries.at(-1)?.at ?? Infinity);
}
