import { useMemo } from 'preact/hooks';
import { Panel } from '../../ui/Page.tsx';
import { durationText } from '../../ui/Time.tsx';
import { Chart, countText, type Series } from './Chart.tsx';
import { endedOf, timesOf, tookOf } from './seriesOf.ts';
import type { Statistics } from './statistics.ts';

export interface TaskChartsProps {
  readonly statistics: Statistics;
  readonly task: string | undefined;
}

const LEAST_MS = 1_000;

/** What ended, what failed, how long it took, and how long it had waited. */
export function TaskCharts({ statistics, task }: TaskChartsProps) {
  const times = useMemo(() => timesOf(statistics), [statistics]);
  const ended = useMemo(() => endedOf(statistics), [statistics]);
  const which = task === undefined ? '95th percentile' : 'percentiles';
  return (
    <>
      <Panel title={`Throughput, tasks ${stepText(statistics.stepMs)}`}>
        <Chart
          label="Tasks that ended"
          {...{ times }}
          series={ended}
          format={countText}
          least={4}
        />
      </Panel>
      <Durations title={`Run time, ${which}`} of="run" {...{ times, statistics, task }} />
      <Durations title={`Time in the queue, ${which}`} of="wait" {...{ times, statistics, task }} />
    </>
  );
}

function stepText(stepMs: number): string {
  const minutes = Math.round(stepMs / 60_000);
  if (minutes === 1) return 'each minute';
  return minutes === 60 ? 'each hour' : `in ${minutes} minutes`;
}

interface DurationsProps extends TaskChartsProps {
  readonly title: string;
  readonly of: 'run' | 'wait';
  readonly times: readonly number[];
}

function Durations({ title, of, times, statistics, task }: DurationsProps) {
  const series: readonly Series[] = useMemo(
    () => tookOf(statistics, of, task),
    [statistics, of, task],
  );
  return (
    <Panel title={title}>
      <Chart label={title} {...{ times, series }} format={durationText} least={LEAST_MS} />
    </Panel>
  );
}
