const UNITS = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1_000],
] as const;

/** How long ago, in the largest unit that fits: `12s ago`, `3h ago`. Another machine's clock may be ahead: then `just now`. */
export function age(at: number, now: number): string {
  const length = inLargestUnit(now - at);
  return length === undefined ? 'just now' : `${length} ago`;
}

/** A moment for people: when it is, and how long ago, or how long until then. */
export function instant(at: number, now: number): string {
  const ahead = inLargestUnit(at - now);
  return `${new Date(at).toISOString()} (${ahead === undefined ? age(at, now) : `in ${ahead}`})`;
}

function inLargestUnit(ms: number): string | undefined {
  const unit = UNITS.find(([, unitMs]) => ms >= unitMs);
  return unit && `${Math.floor(ms / unit[1])}${unit[0]}`;
}

/** A length of time for people: `640 ms`, `3.2 s`, `4 min 10 s`. */
export function span(ms: number): string {
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${(ms / 1_000).toFixed(1)} s`;
  return `${Math.floor(ms / 60_000)} min ${Math.round((ms % 60_000) / 1_000)} s`;
}
