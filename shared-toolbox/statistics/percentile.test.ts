import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bucketFloor, bucketLimits, bucketOf } from './buckets.ts';
import { addCounts, bucketCounter } from './counters.ts';
import { percentileMs, timesCounted } from './percentile.ts';

const HIGHEST_MS = 50_000_000;

function countsOf(times: readonly number[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const ms of times) addCounts(counts, new Map([[bucketCounter('run', bucketOf(ms)), 1]]));
  return counts;
}

/** As long ones as short ones. */
const time = fc
  .double({ min: 0, max: Math.log(HIGHEST_MS), noNaN: true })
  .map((power) => Math.min(HIGHEST_MS, Math.exp(power)));
const times = fc.array(time, { minLength: 1, maxLength: 200 });
const share = fc.constantFrom(0, 0.01, 0.5, 0.95, 0.99, 1);

describe('buckets', () => {
  it('follow each other without a gap, and hold what is above their floor up to their limit', () => {
    expect(bucketLimits()).toHaveLength(22);
    fc.assert(
      fc.property(fc.double({ min: 0, minExcluded: true, noNaN: true, max: 1e9 }), (ms) => {
        const limitMs = bucketOf(ms);
        expect(ms).toBeLessThanOrEqual(limitMs);
        expect(ms).toBeGreaterThan(bucketFloor(limitMs));
      }),
    );
    for (const limitMs of bucketLimits().slice(0, -1)) expect(bucketOf(limitMs)).toBe(limitMs);
  });

  it('end at most 2.5 times as late as they begin, but for the first and the last', () => {
    for (const limitMs of bucketLimits().slice(1, -1)) {
      expect(limitMs / bucketFloor(limitMs)).toBeLessThanOrEqual(2.5);
    }
  });

  it('take the time of a clock that was set back for none', () => {
    expect(bucketOf(-5_000)).toBe(10);
  });
});

describe('an estimated percentile', () => {
  it('is in the bucket of the true one', () => {
    fc.assert(
      fc.property(times, share, (all, share) => {
        const rank = Math.max(1, Math.ceil(share * all.length));
        const exact = all.toSorted((a, b) => a - b)[rank - 1]!;
        const estimate = percentileMs(countsOf(all), 'run', share)!;
        const limitMs = bucketOf(exact);
        expect(estimate).toBeLessThanOrEqual(limitMs);
        expect(estimate).toBeGreaterThan(bucketFloor(limitMs));
      }),
    );
  });

  it('does not fall when the share grows', () => {
    fc.assert(
      fc.property(times, (all) => {
        const counts = countsOf(all);
        const estimates = [0, 0.01, 0.5, 0.95, 0.99, 1].map((share) =>
          percentileMs(counts, 'run', share)!,
        );
        expect(estimates).toEqual(estimates.toSorted((a, b) => a - b));
      }),
    );
  });

  it('is the same of counts that were added as of what they count', () => {
    fc.assert(
      fc.property(times, times, share, (some, others, share) => {
        const added = countsOf(some);
        addCounts(added, countsOf(others));
        const together = countsOf([...some, ...others]);
        expect(percentileMs(added, 'run', share)).toBe(percentileMs(together, 'run', share));
        expect(timesCounted(added, 'run')).toBe(some.length + others.length);
      }),
    );
  });

  it('lies where its share of a bucket ends', () => {
    expect(percentileMs(countsOf(Array(100).fill(300)), 'run', 0.5)).toBe(350);
    expect(percentileMs(countsOf(Array(100).fill(300)), 'run', 1)).toBe(500);
  });

  it('is unknown of nothing, and of what is longer than any bucket its floor', () => {
    expect(percentileMs(new Map(), 'run', 0.5)).toBeUndefined();
    expect(percentileMs(countsOf([5]), 'wait', 0.5)).toBeUndefined();
    expect(percentileMs(countsOf([1e9]), 'run', 0.5)).toBe(HIGHEST_MS);
  });
});
