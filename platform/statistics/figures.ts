import {
  type Counter,
  COUNTERS,
  type Counts,
  percentileMs,
  type Time,
  timesCounted,
} from '@taskfleet/toolbox/statistics';

/** How long something took. The percentiles are estimates within their bucket; null when nothing was timed. */
export interface Distribution {
  readonly count: number;
  readonly p50Ms: number | null;
  readonly p95Ms: number | null;
  readonly p99Ms: number | null;
}

/** What became of the tasks of one name in some time. */
export interface Figures extends Readonly<Record<Counter, number>> {
  /** Tasks that ended, however. */
  readonly ended: number;
  readonly run: Distribution;
  readonly wait: Distribution;
}

/** How tasks end. */
export const ENDS = ['succeeded', 'failed', 'cancelled', 'expired', 'dead'] as const;

/** What stands behind counts. Nothing counted is zero, not unknown. */
export function figuresOf(counts: Counts): Figures {
  const of = (counter: Counter) => counts.get(counter) ?? 0;
  const entries = COUNTERS.map((counter) => [counter, of(counter)] as const);
  return {
    ...(Object.fromEntries(entries) as Record<Counter, number>),
    ended: ENDS.reduce((sum, counter) => sum + of(counter), 0),
    run: distributionOf(counts, 'run'),
    wait: distributionOf(counts, 'wait'),
  };
}

function distributionOf(counts: Counts, time: Time): Distribution {
  const percentile = (share: number) => percentileMs(counts, time, share) ?? null;
  return {
    count: timesCounted(counts, time),
    p50Ms: percentile(0.5),
    p95Ms: percentile(0.95),
    p99Ms: percentile(0.99),
  };
}
