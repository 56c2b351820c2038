import type { Clock } from '@taskfleet/toolbox/clock';
import type { Fleet } from '@taskfleet/toolbox/contract';
import {
  fromAttribute,
  type Grain,
  periodOf,
  PLATFORM_WRITER,
} from '@taskfleet/toolbox/statistics';
import {
  readStatisticsAt,
  STATISTICS_SHARDS,
  type StatisticsPlace,
  type TaskTable,
} from '@taskfleet/toolbox/table';
import { StatisticsRequestError } from '../errors.ts';
import { Counted } from './counted.ts';

export interface ReadStatisticsOptions {
  readonly table: TaskTable;
  /** Whose workers count. */
  readonly fleet: Fleet;
  readonly clock: Pick<Clock, 'sleep' | 'random'>;
}

/** What is to be read: of these writers, the periods of each step. */
export interface CountedQuery {
  readonly writers: readonly string[];
  readonly grain: Grain;
  /** When each step begins; whole periods long. */
  readonly steps: readonly number[];
  readonly stepMs: number;
}

/** Items of one question: 200 reads of 100, some 10,000 read units. */
const MOST_ITEMS = 20_000;

/** Everybody who counts: the platform counts what it sees of every task. */
export function writersOf({ workers }: Fleet): readonly string[] {
  return [PLATFORM_WRITER, ...workers.map(({ name }) => name)];
}

/** Reads counts by keys that follow from writers and time. Throws StatisticsRequestError for too many of them. */
export async function readCounted(
  { table, clock }: Pick<ReadStatisticsOptions, 'table' | 'clock'>,
  { writers, grain, steps, stepMs }: CountedQuery,
): Promise<Counted> {
  const periods = periodsOf(grain, steps, stepMs);
  const counted = new Counted();
  const places = placesOf(writers, [...periods.keys()]);
  for (const { place, counters } of await readStatisticsAt(table, places, clock)) {
    const at = periods.get(place.period) ?? NaN;
    for (const [attribute, count] of counters) {
      const known = fromAttribute(place.writer, attribute);
      if (known) counted.add(known.task, at, new Map([[known.counter, count]]));
    }
  }
  return counted;
}

/** By the name of each period, the step that it is in. */
export function periodsOf(
  grain: Grain,
  steps: readonly number[],
  stepMs: number,
): ReadonlyMap<string, number> {
  const length = stepMs / grain.lengthMs;
  const periodsIn = (at: number) =>
    Array.from({ length }, (_, i) => periodOf(grain, at + i * grain.lengthMs));
  return new Map(steps.flatMap((at) => periodsIn(at).map((period) => [period, at] as const)));
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
