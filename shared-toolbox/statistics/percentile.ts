import { bucketFloor, bucketLimits } from './buckets.ts';
import { bucketCounter, type Counts, type Time } from './counters.ts';

/** So many times in the bucket that ends at this limit. */
interface Bucket {
  readonly limitMs: number;
  readonly count: number;
}

/** How many times were counted. */
export function timesCounted(counts: Counts, time: Time): number {
  return bucketsOf(counts, time).reduce((sum, { count }) => sum + count, 0);
}

/**
 * Estimates a percentile, `share` of 0 to 1, in milliseconds; undefined when nothing was counted. It is in the bucket of the true
 * one, so at most 2.5 times too much or too little from 10 ms on; within the bucket times are taken to be spread evenly. Of those above
 * the last limit it says that limit.
 */
export function percentileMs(counts: Counts, time: Time, share: number): number | undefined {
  const buckets = bucketsOf(counts, time);
  // The rank of the true one among all times, from 1.
  const rank = Math.max(1, Math.ceil(share * timesCounted(counts, time)));
  let below = 0;
  for (const { limitMs, count } of buckets) {
    if (below + count >= rank) return within(limitMs, (rank - below) / count);
    below += count;
  }
  return undefined;
}

function bucketsOf(counts: Counts, time: Time): readonly Bucket[] {
  return bucketLimits()
    .map((limitMs) => ({ limitMs, count: counts.get(bucketCounter(time, limitMs)) ?? 0 }))
    .filter(({ count }) => count > 0);
}

function within(limitMs: number, share: number): number {
  const floorMs = bucketFloor(limitMs);
  return limitMs === Infinity ? floorMs : floorMs + (limitMs - floorMs) * share;
}
