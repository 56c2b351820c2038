import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';

/** Time and chance, injected everywhere, so that tests turn them by hand. */
export interface Clock {
  /** Milliseconds since 1970, for records. May jump. */
  readonly now: () => number;
  /** Milliseconds from an arbitrary start, for leases and limits. Never jumps. */
  readonly monotonic: () => number;
  /** Resolves after the time, or rejects with the signal's reason when that aborts first. */
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
  /** Calls after the time, unless it is stopped before. */
  readonly timer: (ms: number, act: () => void) => Timer;
  /** From 0 up to 1. */
  readonly random: () => number;
  readonly randomBytes: () => Uint8Array;
}

export interface Timer {
  /** Whether the time is over: also when the event loop was so busy that nobody could be called yet. */
  readonly isOver: () => boolean;
  readonly stop: () => void;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  sleep,
  timer,
  random: () => Math.random(),
  randomBytes: () => randomBytes(16),
};

async function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  try {
    await delay(ms, undefined, signal === undefined ? {} : { signal });
  } catch (error) {
    // Node's own error says only that something was aborted; the reason says why.
    signal?.throwIfAborted();
    throw error;
  }
}

function timer(ms: number, act: () => void): Timer {
  const startedAt = performance.now();
  const timeout = setTimeout(act, ms);
  return {
    isOver: () => performance.now() - startedAt > ms,
    stop: () => clearTimeout(timeout),
  };
}
