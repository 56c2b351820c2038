import type { Series } from './Chart.tsx';
import type { DepthPoint, QueueHistory } from './queueHistory.ts';
import type { Statistics, TaskStatistics } from './statistics.ts';

const COLOURS = ['--accent', '--good', '--warn', '--bad', '--soft'];

/** When each step begins. */
export function timesOf({
  from,
  to,
  stepMs,
}: Pick<Statistics, 'from' | 'to' | 'stepMs'>): readonly number[] {
  return Array.from({ length: (to - from) / stepMs }, (_, i) => from + i * stepMs);
}

/** Of all services together; nothing where nobody looked. */
export function depthsOf(history: QueueHistory): readonly Series[] {
  const sum = (of: Exclude<keyof DepthPoint, 'oldestMs'>) =>
    timesOf(history).map((_, i) => {
      const seen = history.services.flatMap(({ points }) => points[i] ?? []);
      return seen.length === 0 ? null : seen.reduce((total, point) => total + point[of], 0);
    });
  return [
    { name: 'waiting', values: sum('visible'), colour: '--accent' },
    { name: 'in flight', values: sum('inFlight'), colour: '--soft' },
    { name: 'dead letters', values: sum('deadLetters'), colour: '--bad' },
  ];
}

/** Of each service whose messages had to wait, those first that waited longest. */
export function oldestOf(history: QueueHistory): readonly Series[] {
  const ages = history.services.map(({ service, points }) => {
    const values = points.map((point) => point?.oldestMs ?? null);
    return { service, values, most: Math.max(0, ...values.map((ms) => ms ?? 0)) };
  });
  const behind = ages.filter(({ most }) => most > 0).toSorted((a, b) => b.most - a.most);
  return behind.slice(0, COLOURS.length).map(({ service, values }, i) => ({
    name: service,
    values,
    colour: COLOURS[i] ?? '--soft',
  }));
}

/** Of all tasks together. */
export function endedOf(statistics: Statistics): readonly Series[] {
  const { tasks } = statistics;
  const sum = (of: 'succeeded' | 'failed' | 'dead') =>
    timesOf(statistics).map((_, i) =>
      tasks.reduce((total, { points }) => total + (points[i]?.[of] ?? 0), 0),
    );
  const dead = sum('dead');
  const failed = sum('failed').map((count, i) => count + (dead[i] ?? 0));
  return [
    { name: 'succeeded', values: sum('succeeded'), colour: '--good' },
    { name: 'failed', values: failed, colour: '--bad' },
  ];
}

/** Percentiles of several tasks have no common one: each busy task has its line. */
export function tookOf(
  { tasks }: Statistics,
  of: 'run' | 'wait',
  task: string | undefined,
): readonly Series[] {
  if (task !== undefined) return percentiles(tasks[0], of);
  const busy = tasks.filter(({ total }) => total.ended > 0);
  const busiest = busy.toSorted((a, b) => b.total.ended - a.total.ended).slice(0, COLOURS.length);
  return busiest.map((one, i) => ({
    name: one.task,
    values: one.points.map((point) => point[of].p95Ms),
    colour: COLOURS[i] ?? '--soft',
  }));
}

function percentiles(task: TaskStatistics | undefined, of: 'run' | 'wait'): readonly Series[] {
  const points = task?.points ?? [];
  return [
    { name: 'p50', values: points.map((point) => point[of].p50Ms), colour: '--good' },
    { name: 'p95', values: points.map((point) => point[of].p95Ms), colour: '--accent' },
    { name: 'p99', values: points.map((point) => point[of].p99Ms), colour: '--warn' },
  ];
}
