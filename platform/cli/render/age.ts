const UNITS = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1_000],
] as const;

/** How long ago, in the largest unit that fits: `12s ago`, `3h ago`. */
export function age(at: number, now: number): string {
  const passedMs = now - at;
  const unit = UNITS.find(([, ms]) => passedMs >= ms);
  return unit ? `${Math.floor(passedMs / unit[1])}${unit[0]} ago` : 'just now';
}

/** A moment for people: when it was, and how long ago. */
export function instant(at: number, now: number): string {
  return `${new Date(at).toISOString()} (${age(at, now)})`;
}

/** A length of time for people: `640 ms`, `3.2 s`, `4 min 10 s`. */
export function span(ms: number): string {
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${(ms / 1_000).toFixed(1)} s`;
  return `${Math.floor(ms / 60_000)} min ${Math.round((ms % 60_000) / 1_000)} s`;
}
