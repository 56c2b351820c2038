import { useMemo } from 'preact/hooks';
import { setQuery } from '../../router.ts';
import { FilterSelect } from '../../ui/Filter.tsx';
import { Panel } from '../../ui/Page.tsx';
import { durationText } from '../../ui/Time.tsx';
import { Chart, type Series } from './Chart.tsx';
import type { Statistics, TaskStatistics } from './statistics.ts';

export interface TaskChartsProps {
  readonly statistics: Statistics;
  readonly task: string | undefined;
}

const COLOURS = ['--accent', '--good', '--warn', '--bad', '--soft'];

/** What ended, what failed, and how long it took. */
export function TaskCharts({ statistics, task }: TaskChartsProps) {
  const { times, ended, took } = useMemo(() => seriesOf(statistics, task), [statistics, task]);
  const names = statistics.tasks.map((one) => one.task);
  return (
    <>
      <div class="halves">
        <Panel title="Throughput">
          <Chart label="Tasks that ended" times={times} series={ended} format={String} />
        </Panel>
        <Panel title={task === undefined ? 'Run time, 95th percentile' : 'Run time, percentiles'}>
          <Chart label="How long attempts ran" times={times} series={took} format={durationText} />
        </Panel>
      </div>
      <div class="filters">
        <FilterSelect
          label="Graphs of"
          none="all tasks"
          value={task}
          options={names}
          onChange={(name) => setQuery({ task: name })}
        />
      </div>
    </>
  );
}

function seriesOf({ tasks }: Statistics, task: string | undefined) {
  const times = tasks[0]?.points.map(({ at }) => at) ?? [];
  const sum = (of: 'succeeded' | 'failed' | 'dead') =>
    times.map((_, i) => tasks.reduce((total, { points }) => total + (points[i]?.[of] ?? 0), 0));
  const dead = sum('dead');
  const ended: readonly Series[] = [
    { name: 'succeeded', values: sum('succeeded'), colour: '--good' },
    {
      name: 'failed',
      values: sum('failed').map((count, i) => count + (dead[i] ?? 0)),
      colour: '--bad',
    },
  ];
  return { times, ended, took: task === undefined ? byTask(tasks) : percentiles(tasks[0]) };
}

/** Percentiles of several tasks have no common one: each busy task has its line. */
function byTask(tasks: readonly TaskStatistics[]): readonly Series[] {
  const busiest = tasks.toSorted((a, b) => b.total.ended - a.total.ended).slice(0, COLOURS.length);
  return busiest.map(({ task, points }, i) => ({
    name: task,
    values: points.map(({ run }) => run.p95Ms),
    colour: COLOURS[i] ?? '--soft',
  }));
}

function percentiles(task: TaskStatistics | undefined): readonly Series[] {
  const points = task?.points ?? [];
  return [
    { name: 'p50', values: points.map(({ run }) => run.p50Ms), colour: '--good' },
    { name: 'p95', values: points.map(({ run }) => run.p95Ms), colour: '--accent' },
    { name: 'p99', values: points.map(({ run }) => run.p99Ms), colour: '--warn' },
  ];
}
