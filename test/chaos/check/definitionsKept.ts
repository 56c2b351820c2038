import type { Facts, Violation } from './facts.ts';

/** Every acknowledged task has its definition, as it was asked for. */
export function definitionsKept({ asked, defined }: Facts): Violation[] {
  return asked
    .filter(({ answer, id }) => answer === 'acknowledged' && !defined.has(id))
    .map(({ id, task }) => ({
      promise: 'a definition of every task',
      what: `${task} ${id} has none, or another than was asked for`,
    }));
}
