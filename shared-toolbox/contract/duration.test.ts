import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toMilliseconds, toSeconds } from './index.ts';

describe('durations', () => {
  it.each([
    ['250ms', 250],
    ['2s', 2_000],
    ['5m', 300_000],
    ['12h', 43_200_000],
    ['30d', 2_592_000_000],
  ] as const)('reads %s as %i ms', (duration, ms) => {
    expect(toMilliseconds(duration)).toBe(ms);
  });

  it('rounds up to seconds, so that no lease is shorter than asked for', () => {
    fc.assert(
      fc.property(fc.nat(10_000_000), (ms) => {
        const seconds = toSeconds(`${ms}ms`);
        expect(Number.isInteger(seconds)).toBe(true);
        expect(seconds * 1_000 - ms).toBeGreaterThanOrEqual(0);
        expect(seconds * 1_000 - ms).toBeLessThan(1_000);
      }),
    );
  });
});
