import type { Facts, SeenResult, Violation } from './facts.ts';

/** The fencing token never falls, and belongs to one holder. */
export function tokensGrow({ seen }: Facts): Violation[] {
  const before = new Map<string, SeenResult>();
  return seen.flatMap((now) => {
    const earlier = before.get(now.id);
    before.set(now.id, now);
    const isFine =
      !earlier ||
      now.token > earlier.token ||
      (now.token === earlier.token && now.holder === earlier.holder);
    return isFine
      ? []
      : {
          promise: 'the fencing token grows with every holder',
          what: `${now.id}: token ${earlier.token} of ${earlier.holder}, then ${now.token} of ${now.holder}`,
        };
  });
}
