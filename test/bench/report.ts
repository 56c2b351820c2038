import type { Run } from './fleetRun.ts';
import { median, quantile } from './quantile.ts';

export interface BenchResult {
  readonly tasks: number;
  readonly rounds: number;
  readonly floors: readonly Run[];
  readonly fleets: readonly Run[];
  /** Fleet's tasks per second over the floor's, the median of the rounds. */
  readonly ratio: number;
}

interface Summary {
  readonly tasksPerSecond: number;
  readonly requestsPerTask: Readonly<Record<string, number>>;
  readonly writeUnitsPerTask: number;
}

export function printReport(result: BenchResult, asJson: boolean): void {
  const { tasks, rounds, ratio } = result;
  const floor = summary(result.floors, tasks);
  const fleet = summary(result.fleets, tasks);
  const latencyMs = {
    idle: latency(result.fleets.flatMap(({ idleMs }) => idleMs)),
    loaded: latency(result.fleets.flatMap(({ loadedMs }) => loadedMs)),
  };
  const text = asJson
    ? JSON.stringify({ tasks, rounds, ratio, fleet, floor, scheduleToStartMs: latencyMs })
    : table({ tasks, rounds, ratio, fleet, floor, latencyMs });
  process.stdout.write(`${text}\n`);
}

function summary(runs: readonly Run[], tasks: number): Summary {
  const operations = new Set(runs.flatMap(({ requests }) => [...requests.keys()]));
  return {
    tasksPerSecond: tasks / median(runs.map(({ seconds }) => seconds)),
    requestsPerTask: Object.fromEntries(
      [...operations].toSorted().map((operation) => {
        const perTask = runs.map(({ requests }) => (requests.get(operation) ?? 0) / tasks);
        return [operation, median(perTask)];
      }),
    ),
    writeUnitsPerTask: median(runs.map(({ writeUnits }) => writeUnits / tasks)),
  };
}

function latency(values: readonly number[]) {
  return { p50: quantile(values, 0.5), p99: quantile(values, 0.99) };
}

interface TableParts {
  readonly tasks: number;
  readonly rounds: number;
  readonly ratio: number;
  readonly fleet: Summary;
  readonly floor: Summary;
  readonly latencyMs: Record<'idle' | 'loaded', { p50: number; p99: number }>;
}

function table({ tasks, rounds, ratio, fleet, floor, latencyMs }: TableParts): string {
  const operations = Object.keys({ ...fleet.requestsPerTask, ...floor.requestsPerTask });
  const { idle, loaded } = latencyMs;
  return [
    `${tasks} tasks, ${rounds} runs of each in turns, medians; emulators of this machine, not AWS`,
    '',
    row('', 'fleet', 'floor'),
    row('tasks per second', fleet.tasksPerSecond.toFixed(0), floor.tasksPerSecond.toFixed(0)),
    row("of the floor's speed", ratio.toFixed(2), '1.00'),
    row(
      'write units per task',
      fleet.writeUnitsPerTask.toFixed(2),
      floor.writeUnitsPerTask.toFixed(2),
    ),
    '',
    'AWS requests per task',
    ...operations.map((name) =>
      row(`  ${name}`, count(fleet.requestsPerTask[name]), count(floor.requestsPerTask[name])),
    ),
    '',
    row('schedule to start, ms', 'p50', 'p99'),
    row('  one at a time', idle.p50.toFixed(1), idle.p99.toFixed(1)),
    row('  all at once', loaded.p50.toFixed(1), loaded.p99.toFixed(1)),
  ].join('\n');
}

function row(label: string, ...cells: readonly string[]): string {
  return label.padEnd(28) + cells.map((cell) => cell.padStart(10)).join('');
}

function count(perTask = 0): string {
  return perTask.toFixed(3);
}
