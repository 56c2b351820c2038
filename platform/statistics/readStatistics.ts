import { type Fleet, findTask } from '@taskfleet/toolbox/contract';
import { type Counts, PLATFORM_WRITER } from '@taskfleet/toolbox/statistics';
import type { Counted } from './counted.ts';
import { type Figures, figuresOf } from './figures.ts';
import { readCounted, type ReadStatisticsOptions, writersOf } from './readCounted.ts';
import { type StepsQuery, stepsOf } from './steps.ts';

export interface StatisticsQuery extends StepsQuery {
  /** Only of this task. Default: of all. */
  readonly task?: string | undefined;
}

/** What became of tasks over time. */
export interface Statistics {
  readonly from: number;
  readonly to: number;
  readonly stepMs: number;
  /** By name: every task that a worker declares, and others of which something was counted. */
  readonly tasks: readonly TaskStatistics[];
}

export interface TaskStatistics {
  readonly task: string;
  readonly total: Figures;
  /** One for each step, also where nothing was counted. */
  readonly points: readonly StatisticsPoint[];
}

export interface StatisticsPoint extends Figures {
  /** Where it begins. */
  readonly at: number;
}

/**
 * Reads what was counted, by keys that follow from the fleet and the time: nothing is searched. It lags some ten seconds behind, with hours
 * a minute. Throws StatisticsRequestError and UnknownTaskError.
 */
export async function readStatistics(
  options: ReadStatisticsOptions,
  query: StatisticsQuery,
): Promise<Statistics> {
  const { fleet } = options;
  const { task } = query;
  const { from, to, stepMs, grain, steps } = stepsOf(query);
  const writers = task === undefined ? writersOf(fleet) : writersOfTask(fleet, task);
  const counted = await readCounted(options, { writers, grain, steps, stepMs });
  const tasks = namesOf(fleet, counted, task).map((name) => ({
    task: name,
    total: figuresOf(counted.total(name)),
    points: steps.map((at) => pointOf(at, counted.of(name, at))),
  }));
  return { from, to, stepMs, tasks };
}

function pointOf(at: number, counts: Counts): StatisticsPoint {
  return { at, ...figuresOf(counts) };
}

function writersOfTask(fleet: Fleet, task: string): readonly string[] {
  findTask(fleet, task);
  return writersOf(fleet).filter(
    (writer) => writer === PLATFORM_WRITER || task.startsWith(`${writer}.`),
  );
}

function namesOf(fleet: Fleet, counted: Counted, task: string | undefined): readonly string[] {
  if (task !== undefined) return [task];
  const declared = fleet.workers.flatMap(({ tasks }) => tasks.map(({ name }) => String(name)));
  return [...new Set([...declared, ...counted.names])].toSorted();
}
