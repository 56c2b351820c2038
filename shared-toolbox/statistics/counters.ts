import { bucketLimits } from './buckets.ts';

/**
 * What is counted of a task besides times. `scheduled`: seen by the platform; `retried`: attempts that failed and are followed by
 * another; the rest is how tasks ended.
 */
export const COUNTERS = [
  'scheduled',
  'succeeded',
  'failed',
  'cancelled',
  'expired',
  'retried',
  'dead',
] as const;

export type Counter = (typeof COUNTERS)[number];

/** What is timed. `run`: an attempt, from its claim to its end; `wait`: a task, from when it was published to its first claim. */
export const TIMES = ['run', 'wait'] as const;

export type Time = (typeof TIMES)[number];

/** The name of a bucket's counter: `run500` counts attempts of more than 200 and at most 500 milliseconds, `run+` those of any more. */
export function bucketCounter(time: Time, limitMs: number): string {
  return `${time}${limitMs === Infinity ? '+' : limitMs}`;
}

/** Every counter that a task can have. */
export const COUNTER_NAMES: ReadonlySet<string> = new Set([
  ...COUNTERS,
  ...TIMES.flatMap((time) => bucketLimits().map((limitMs) => bucketCounter(time, limitMs))),
]);

/** Counts by the name of their counter; one that is not there is 0. */
export type Counts = ReadonlyMap<string, number>;

/** Adds counts to others, in place. */
export function addCounts(to: Map<string, number>, counts: Counts): void {
  for (const [name, count] of counts) to.set(name, (to.get(name) ?? 0) + count);
}
