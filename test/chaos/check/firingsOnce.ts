import type { Facts, Violation } from './facts.ts';

/** From the first firing to the end, each time has one task. */
export function firingsOnce({ firings: { everyMs, until, ran } }: Facts): Violation[] {
  const byTime = Map.groupBy(ran, ({ at }) => at);
  const first = Math.min(...ran.map(({ at = Infinity }) => at), until);
  const wanted = Array.from(
    { length: Math.floor((until - first) / everyMs) + 1 },
    (_, i) => Math.ceil(first / everyMs) * everyMs + i * everyMs,
  ).filter((at) => at <= until);
  const missing = wanted
    .filter((at) => !byTime.has(at))
    .map((at) => `nothing ran for ${at}, ${until - at} ms before the end`);
  const wrong = [...byTime].flatMap(([at, tasks]) => {
    const ids = tasks.map(({ id }) => id).join(', ');
    if (at === undefined || at % everyMs !== 0) return `${ids} ran for ${at ?? 'no time'}`;
    return tasks.length > 1 ? `${tasks.length} tasks ran for ${at}: ${ids}` : [];
  });
  return [...missing, ...(wanted.length === 0 ? ['nothing ran'] : []), ...wrong].map((what) => ({
    promise: 'a firing happens exactly once',
    what,
  }));
}
