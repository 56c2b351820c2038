import { GRAINS } from '@taskfleet/toolbox/statistics';
import type { Counted } from './counted.ts';
import { readCounted, type ReadStatisticsOptions, writersOf } from './readCounted.ts';

/** Whole minutes, by when each begins. */
export type Minutes = readonly number[];

/** Reads what was counted of all tasks in each of these minutes. Throws StatisticsRequestError for too many. */
export async function countMinutes(
  options: ReadStatisticsOptions,
  minutes: Minutes,
): Promise<Counted> {
  const grain = GRAINS.minute;
  const writers = writersOf(options.fleet);
  return readCounted(options, { writers, grain, steps: minutes, stepMs: grain.lengthMs });
}
