/**
 * Upper limits of the buckets that times are counted in, in milliseconds: 1, 2 and 5 of every power of ten from 10 ms to some 14 hours,
 * longer than any attempt. Few, because each is a number in an item; evenly spread by ratio, because 10 ms matter to what takes 20.
 */
const LIMITS_MS = [10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000].flatMap((power) => [
  power,
  2 * power,
  5 * power,
]);

/** All of them, the last without an end. */
export function bucketLimits(): readonly number[] {
  return [...LIMITS_MS, Infinity];
}

/** The upper limit of the bucket that a time is counted in. */
export function bucketOf(ms: number): number {
  return LIMITS_MS.find((limitMs) => ms <= limitMs) ?? Infinity;
}

/** Where the bucket with this upper limit begins. */
export function bucketFloor(limitMs: number): number {
  return LIMITS_MS.findLast((other) => other < limitMs) ?? 0;
}
