import type { Facts, Violation } from './facts.ts';
import { lastSeen } from './lastSeen.ts';

/** A task has succeeded only if a handler returned, in the attempt that the result names. */
export function successIsEarned(facts: Facts): Violation[] {
  const returned = new Set(
    facts.sideLog
      .filter(({ kind }) => kind === 'returned')
      .map(({ id, attempt }) => `${id} ${attempt}`),
  );
  return [...lastSeen(facts).values()]
    .filter(({ state, id, attempt }) => state === 'succeeded' && !returned.has(`${id} ${attempt}`))
    .map(({ id, attempt }) => ({
      promise: 'a result says what a handler did',
      what: `${id} has succeeded in attempt ${attempt}, in which no handler returned`,
    }));
}
