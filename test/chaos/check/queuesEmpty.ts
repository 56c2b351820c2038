import type { Facts, Violation } from './facts.ts';

/** Nothing is left in a queue, and what is in a dead-letter queue says why. */
export function queuesEmpty({ queues, deadLetters }: Facts): Violation[] {
  const left = queues
    .filter(({ depth }) => depth > 0)
    .map(({ queue, depth }) => `the queue of ${queue} holds ${depth} messages`);
  const unexplained = deadLetters
    .filter(({ reason }) => !reason)
    .map(
      ({ queue, id }) => `the dead letters of ${queue} hold ${id ?? 'a message'} without a reason`,
    );
  return [...left, ...unexplained].map((what) => ({
    promise: 'nothing is left in a queue without a reason',
    what,
  }));
}
