import type { Taken } from '@taskfleet/toolbox/schedule';
import type { PeriodicEntry } from './entry.ts';

/** A firing that is done, with its task, or the one that stands for it. */
export interface FiringEnd extends Taken {
  readonly at: number;
}

/** What an entry is to say of its last firings. Pure. */
export function lastFirings(ends: readonly FiringEnd[]): Partial<PeriodicEntry> {
  if (ends.length === 0) return {};
  const last = ends.findLast(({ isDuplicate }) => !isDuplicate);
  const skipped = ends.findLast(({ isDuplicate }) => isDuplicate);
  return { ...(last && { last: firingOf(last) }), skipped: skipped && firingOf(skipped) };
}

function firingOf({ at, id }: FiringEnd) {
  return { at, id };
}
