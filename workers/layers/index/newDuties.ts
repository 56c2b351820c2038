import type { Maintainer } from '../parse/maintainers.ts';

/** What each person looks after now, and did not by the index of before; nobody for whom that is nothing. */
export function newDuties(
  before: readonly Maintainer[],
  now: readonly Maintainer[],
): Pick<Maintainer, 'email' | 'of'>[] {
  const known = new Map(before.map(({ email, of }) => [email, new Set(of)]));
  const duties = now.map(({ email, of }) => ({
    email,
    of: of.filter((one) => !known.get(email)?.has(one)),
  }));
  return duties.filter(({ of }) => of.length > 0);
}
