import type { Facts, SeenResult } from './facts.ts';

/** What stood in each result at the end, by id. */
export function lastSeen({ seen }: Pick<Facts, 'seen'>): ReadonlyMap<string, SeenResult> {
  return new Map(seen.map((result) => [result.id, result]));
}
