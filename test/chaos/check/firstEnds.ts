import { isTerminal, type TaskState } from '@taskfleet/toolbox/contract';
import type { Facts, SeenResult } from './facts.ts';

/** The final state that each task was first seen in, by id. */
export function firstEnds({ seen }: Pick<Facts, 'seen'>): ReadonlyMap<string, SeenResult> {
  const ends = seen.filter(({ state }) => isTerminal(state as TaskState));
  return new Map(ends.toReversed().map((end) => [end.id, end]));
}
