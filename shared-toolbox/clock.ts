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
  /** From 0 up to 1. */
  readonly random: () => number;
  readonly randomBytes: () => Uint8Array;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  sleep,
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
