import { useLive } from '../../live/useLive.ts';
import { type Statistics, type WindowName, WINDOWS } from './statistics.ts';

export interface FleetFiguresProps {
  readonly statistics: Statistics | undefined;
  readonly window: WindowName;
}

/** The fleet in five numbers. */
export function FleetFigures({ statistics, window }: FleetFiguresProps) {
  const workers = useLive('workers').data?.workers ?? [];
  const queues = useLive('queues').data?.queues;
  const alive = workers.flatMap(({ processes }) => processes).filter(({ lost }) => !lost);
  const sum = (of: 'ended' | 'failed' | 'dead') =>
    statistics?.tasks.reduce((total, task) => total + task.total[of], 0);
  const failed = add(sum('failed'), sum('dead'));
  const within = WINDOWS[window].title;
  return (
    <dl class="figures">
      <Figure name={`Ended in ${within}`} value={sum('ended')} />
      <Figure name={`Failed in ${within}`} value={failed} isBad={(failed ?? 0) > 0} />
      <Figure name="Running now" value={alive.reduce((total, { running }) => total + running, 0)} />
      <Figure name="Waiting" value={queues?.reduce((total, { visible }) => total + visible, 0)} />
      <Figure name="Processes" value={alive.length} />
    </dl>
  );
}

function add(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? undefined : a + b;
}

interface FigureProps {
  readonly name: string;
  readonly value: number | undefined;
  readonly isBad?: boolean;
}

function Figure({ name, value, isBad = false }: FigureProps) {
  return (
    <div class={isBad ? 'figure figure-bad' : 'figure'}>
      <dt>{name}</dt>
      <dd>{value === undefined ? '–' : value.toLocaleString()}</dd>
    </div>
  );
}
