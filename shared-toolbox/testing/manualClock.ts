import { randomBytes } from 'node:crypto';
import type { Clock } from '../clock.ts';
import { ManualTimers } from './manualTimers.ts';

export interface ManualClock extends Clock {
  /** Moves both clocks on, and calls the timers that are over by then, each at its time. */
  advance(ms: number): void;
  /** Lengths of the sleeps asked for so far; each ends at once. */
  readonly slept: readonly number[];
}

/** A clock that stands still until it is turned. Sleeping takes a turn of the event loop and moves the clock on. */
export function manualClock(): ManualClock {
  let elapsed = 0;
  const slept: number[] = [];
  const timers = new ManualTimers(() => elapsed);
  const moveTo = (at: number) => {
    elapsed = Math.max(elapsed, at);
  };
  const advance = (ms: number) => {
    const until = elapsed + ms;
    timers.run(until, moveTo);
    moveTo(until);
  };
  return {
    slept,
    advance,
    timer: timers.start,
    now: () => 1_700_000_000_000 + elapsed,
    monotonic: () => elapsed,
    sleep: async (ms, signal) => {
      slept.push(ms);
      await new Promise((resolve) => setImmediate(resolve));
      signal?.throwIfAborted();
      advance(ms);
    },
    random: () => 0.5,
    randomBytes: () => randomBytes(16),
  };
}
