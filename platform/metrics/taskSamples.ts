import { bucketCounter, bucketLimits, type Counts, type Time } from '@taskfleet/toolbox/statistics';
import { ENDS } from '../statistics/index.ts';
import type { FleetSamples } from './families.ts';
import type { Sample } from './sample.ts';

/** What stands behind the totals of each task. Everything is there from the start, so that a first failure is an increase. */
export function taskSamples(totals: ReadonlyMap<string, Counts>): FleetSamples {
  const all = [...totals];
  const counterOf = (name: string) =>
    all.map(([task, counts]) => ({ labels: { task }, value: counts.get(name) ?? 0 }));
  const ended = all.flatMap(([task, counts]) =>
    ENDS.map((state) => ({ labels: { task, state }, value: counts.get(state) ?? 0 })),
  );
  const timesOf = (time: Time) =>
    all.flatMap(([task, counts]) => histogramOf({ task }, time, counts));
  return {
    taskfleet_tasks_scheduled_total: counterOf('scheduled'),
    taskfleet_tasks_total: ended,
    taskfleet_attempts_retried_total: counterOf('retried'),
    taskfleet_attempt_duration_seconds: timesOf('run'),
    taskfleet_task_wait_seconds: timesOf('wait'),
  };
}

/** Prometheus's buckets hold what is in the smaller ones too. */
function histogramOf(labels: Sample['labels'], time: Time, counts: Counts): Sample[] {
  let below = 0;
  const buckets = bucketLimits().map((limitMs): Sample => {
    below += counts.get(bucketCounter(time, limitMs)) ?? 0;
    const le = limitMs === Infinity ? '+Inf' : String(limitMs / 1_000);
    return { suffix: '_bucket', labels: { ...labels, le }, value: below };
  });
  return [...buckets, { suffix: '_count', labels, value: below }];
}
