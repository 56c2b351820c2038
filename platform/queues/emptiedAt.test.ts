import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptiedAt, type Look } from './emptiedAt.ts';

const looksOf = (...all: readonly [visible: number, begunSince: number][]): Look[] =>
  all.map(([visible, begunSince], i) => ({ at: i * 60_000, visible, begunSince }));

describe('what waited before a look is gone', () => {
  it('at the last look at an empty queue', () => {
    expect(emptiedAt(looksOf([3, 0], [0, 0], [2, 0], [4, 0]))).toBe(60_000);
  });

  it('at the last look of which all has been begun', () => {
    expect(emptiedAt(looksOf([100, 180], [100, 120], [100, 60], [100, 0]))).toBe(60_000);
  });

  it('at none while nothing is begun, and at none where nobody looked', () => {
    expect(emptiedAt(looksOf([7, 6], [7, 3], [7, 0]))).toBeUndefined();
    expect(emptiedAt([])).toBeUndefined();
  });

  it('never after the oldest message came, in a queue that is worked off in order', () => {
    const minute = fc.record({ arrive: fc.nat(20), begin: fc.nat(20) });
    fc.assert(
      fc.property(fc.array(minute, { maxLength: 60 }), (minutes) => {
        const { looks, waiting } = workedOff(minutes);
        const [oldest = Infinity] = waiting;
        expect(emptiedAt(looks) ?? 0).toBeLessThanOrEqual(oldest);
      }),
    );
  });
});

/** A queue, first in, first out: what arrives in a minute does so right after the look at its beginning. */
function workedOff(minutes: readonly { readonly arrive: number; readonly begin: number }[]) {
  const waiting: number[] = [];
  let begun = 0;
  const seen = minutes.map(({ arrive, begin }, at) => {
    const look = { at, visible: waiting.length, begunBefore: begun };
    waiting.push(...Array.from({ length: arrive }, () => at));
    begun += waiting.splice(0, begin).length;
    return look;
  });
  const looks = seen.map(({ at, visible, begunBefore }) => {
    return { at, visible, begunSince: begun - begunBefore };
  });
  return { waiting, looks };
}
