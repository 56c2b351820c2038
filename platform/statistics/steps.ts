import { type Grain, GRAINS } from '@taskfleet/toolbox/statistics';
import { StatisticsRequestError } from '../errors.ts';
import { LONGEST_WINDOW_MS } from './stepFor.ts';

export interface StepsQuery {
  /** Milliseconds since 1970; widened to whole steps. */
  readonly from: number;
  readonly to: number;
  /** Milliseconds of a point: whole minutes. Whole hours are read from fewer items, and go further back: 90 days instead of 8. */
  readonly stepMs: number;
}

/** A time in steps. */
export interface Steps extends StepsQuery {
  readonly grain: Grain;
  /** When each begins. */
  readonly steps: readonly number[];
}

/** Widens a time to whole steps. Throws StatisticsRequestError for one that nobody can have counted. */
export function stepsOf(query: StepsQuery): Steps {
  const { stepMs } = query;
  const grain = grainOf(stepMs);
  checkWindow(query);
  const from = Math.floor(query.from / stepMs) * stepMs;
  const to = Math.ceil(query.to / stepMs) * stepMs;
  const steps = Array.from({ length: (to - from) / stepMs }, (_, i) => from + i * stepMs);
  return { from, to, stepMs, grain, steps };
}

function checkWindow({ from, to }: StepsQuery): void {
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
