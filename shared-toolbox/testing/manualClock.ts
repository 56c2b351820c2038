import { randomBytes } from 'node:crypto';
import type { Clock } from '../clock.ts';

export interface ManualClock extends Clock {
  /** Moves both clocks on. */
  advance(ms: number): void;
  /** Lengths of the sleeps asked for so far; each ends at once. */
  readonly slept: readonly number[];
}

/** A clock that stands still until it is turned. Sleeping takes a turn of the event loop and moves the clock on. */
export function manualClock(): ManualClock {
  let elapsed = 0;
  const slept: number[] = [];
  return {
    slept,
    advance: (ms) => {
      elapsed += ms;
    },
    now: () => 1_700_000_000_000 + elapsed,
    monotonic: () => elapsed,
    sleep: async (ms, signal) => {
      slept.push(ms);
      await new Promise((resolve) => setImmediate(resolve));
      signal?.throwIfAborted();
      elapsed += ms;
    },
    random: () => 0.5,
    randomBytes: () => randomBytes(16),
  };
}
