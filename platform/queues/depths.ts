import type { QueueDepth } from '@taskfleet/toolbox/table';
import type { MessageCounts } from './countMessages.ts';

/** What is in several queues together. */
export function addDepths(all: readonly MessageCounts[]): MessageCounts {
  const sumOf = (of: keyof MessageCounts) => all.reduce((sum, counts) => sum + counts[of], 0);
  return { visible: sumOf('visible'), inFlight: sumOf('inFlight'), delayed: sumOf('delayed') };
}

/** The most of each that there was at any of these times. */
export function maxDepths(all: readonly QueueDepth[]): QueueDepth {
  const most = (of: Exclude<keyof QueueDepth, 'oldestMs'>) =>
    Math.max(0, ...all.map((depth) => depth[of]));
  return {
    visible: most('visible'),
    inFlight: most('inFlight'),
    delayed: most('delayed'),
    deadLetters: most('deadLetters'),
    oldestMs: longest(all.map(({ oldestMs }) => oldestMs)),
  };
}

/** Of what is known; null when nothing is. */
function longest(all: readonly (number | null)[]): number | null {
  const known = all.filter((ms) => ms !== null);
  return known.length === 0 ? null : Math.max(...known);
}
