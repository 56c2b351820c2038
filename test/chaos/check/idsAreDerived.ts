import type { Facts, Violation } from './facts.ts';

/** What may be published a second time has the id that follows from what it is: every other guard may hide that it has not. */
export function idsAreDerived({ derived }: Facts): Violation[] {
  return derived
    .filter(({ id, expected }) => id !== expected)
    .map(({ id, expected, from }) => ({
      promise: 'an id follows from what its task is',
      what: `${from}: expected ${expected}, got ${id}`,
    }));
}
