import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { defineTask, defineWorker, toMilliseconds } from './index.ts';

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

  it('rounds a lease up to seconds, so that none is shorter than asked for', () => {
    const task = defineTask('a.b', { input: z.null(), output: z.null() });
    fc.assert(
      fc.property(fc.integer({ min: 6_000, max: 600_000 }), (ms) => {
        const { leaseSeconds: seconds } = defineWorker('a', { tasks: [task], lease: `${ms}ms` });
        expect(Number.isInteger(seconds)).toBe(true);
        expect(seconds * 1_000 - ms).toBeGreaterThanOrEqual(0);
        expect(seconds * 1_000 - ms).toBeLessThan(1_000);
      }),
    );
  });
});
