import type { Clock } from '@taskfleet/toolbox/clock';
import { type Fleet, findTask } from '@taskfleet/toolbox/contract';
import {
  type Counts,
  fromAttribute,
  type Grain,
  GRAINS,
  periodOf,
  PLATFORM_WRITER,
} from '@taskfleet/toolbox/statistics';
import {
  type ReadStatistics,
  readStatisticsAt,
  STATISTICS_SHARDS,
  type StatisticsPlace,
  type TaskTable,
} from '@taskfleet/toolbox/table';
import { StatisticsRequestError } from '../errors.ts';
import { Counted } from './counted.ts';
import { type Figures, figuresOf } from './figures.ts';
import { LONGEST_WINDOW_MS } from './stepFor.ts';

export interface StatisticsQuery {
  /** Milliseconds since 1970; widened to whole steps. */
  readonly from: number;
  readonly to: number;
  /** Milliseconds of a point: whole minutes. Whole hours are read from fewer items, and go further back: 90 days instead of 8. */
  readonly stepMs: number;
  /** Only of this task. Default: of all. */
  readonly task?: string | undefined;
}

export interface ReadStatisticsOptions {
  readonly table: TaskTable;
  /** Whose workers count. */
  readonly fleet: Fleet;
  readonly clock: Pick<Clock, 'sleep' | 'random'>;
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

/** Items of one question: 200 reads of 100, some 10,000 read units. */
const MOST_ITEMS = 20_000;

/**
 * Reads what was counted, by keys that follow from the fleet and the time: nothing is searched. It lags some ten seconds behind, with hours
 * a minute. Throws StatisticsRequestError and UnknownTaskError.
 */
export async function readStatistics(
  { table, fleet, clock }: ReadStatisticsOptions,
  query: StatisticsQuery,
): Promise<Statistics> {
  const { stepMs, task } = query;
  const grain = grainOf(stepMs);
  checkWindow(query);
  const from = Math.floor(query.from / stepMs) * stepMs;
  const to = Math.ceil(query.to / stepMs) * stepMs;
  const steps = Array.from({ length: (to - from) / stepMs }, (_, i) => from + i * stepMs);
  const periods = new Map(
    steps.flatMap((at) => periodsIn(grain, at, stepMs).map((period) => [period, at])),
  );
  const places = placesOf(writersOf(fleet, task), [...periods.keys()]);
  const counted = countedIn(await readStatisticsAt(table, places, clock), periods);
  const tasks = namesOf(fleet, counted, task).map((name) => ({
    task: name,
    total: figuresOf(counted.total(name)),
    points: steps.map((at) => pointOf(at, counted.of(name, at))),
  }));
  return { from, to, stepMs, tasks };
}

/** `periods` tells in which step each period is. */
function countedIn(read: readonly ReadStatistics[], periods: ReadonlyMap<string, number>): Counted {
  const counted = new Counted();
  for (const { place, counters } of read) {
    const at = periods.get(place.period) ?? NaN;
    for (const [attribute, count] of counters) {
      const known = fromAttribute(place.writer, attribute);
      if (known) counted.add(known.task, at, new Map([[known.counter, count]]));
    }
  }
  return counted;
}

function pointOf(at: number, counts: Counts): StatisticsPoint {
  return { at, ...figuresOf(counts) };
}

function checkWindow({ from, to }: StatisticsQuery): void {
  if (from < to && to - from <= LONGEST_WINDOW_MS) return;
  throw new StatisticsRequestError(
    `from, to: expected a time of at most 90 days that ends after it begins, got ${from} to ${to}`,
  );
}

function grainOf(stepMs: number): Grain {
  const { minute, hour } = GRAINS;
  if (stepMs > 0 && stepMs % hour.lengthMs === 0) return hour;
  if (stepMs > 0 && stepMs % minute.lengthMs === 0) return minute;
  throw new StatisticsRequestError(`step: expected whole minutes, got ${stepMs} ms`);
}

function periodsIn(grain: Grain, at: number, stepMs: number): string[] {
  const length = stepMs / grain.lengthMs;
  return Array.from({ length }, (_, i) => periodOf(grain, at + i * grain.lengthMs));
}

/** The platform counts what it sees of every task. */
function writersOf(fleet: Fleet, task: string | undefined): readonly string[] {
  const workers = fleet.workers.map(({ name }) => name);
  if (task === undefined) return [PLATFORM_WRITER, ...workers];
  findTask(fleet, task);
  return [PLATFORM_WRITER, ...workers.filter((worker) => task.startsWith(`${worker}.`))];
}

function placesOf(writers: readonly string[], periods: readonly string[]): StatisticsPlace[] {
  const shards = Array.from({ length: STATISTICS_SHARDS }, (_, shard) => shard);
  const count = writers.length * periods.length * shards.length;
  if (count > MOST_ITEMS) {
    throw new StatisticsRequestError(
      `${periods.length} periods of ${writers.length} services are ${count} items, at most ${MOST_ITEMS} are read together: ask for a shorter time, or a longer step`,
    );
  }
  return writers.flatMap((writer) =>
    periods.flatMap((period) => shards.map((shard) => ({ writer, period, shard }))),
  );
}

function namesOf(fleet: Fleet, counted: Counted, task: string | undefined): readonly string[] {
  if (task !== undefined) return [task];
  const declared = fleet.workers.flatMap(({ tasks }) => tasks.map(({ name }) => String(name)));
  return [...new Set([...declared, ...counted.names])].toSorted();
}
