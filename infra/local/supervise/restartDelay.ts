const SHORTEST_MS = 500;
const LONGEST_MS = 30_000;

/** A service that ran this long has started well: the next crash counts as the first. */
export const STEADY_AFTER_MS = 30_000;

/** Milliseconds until a service that crashed `crashes` times in a row is started again: 0.5 s, 1 s, 2 s … 30 s. */
export function restartDelayMs(crashes: number): number {
  return Math.min(LONGEST_MS, SHORTEST_MS * 2 ** (crashes - 1));
}
