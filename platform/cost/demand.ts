import type { Fleet, Worker } from '@taskfleet/toolbox/contract';

/** Of a month, as AWS's calculator has them: a twelfth of 8,760 hours. */
export const MONTH_HOURS = 730;
export const MONTH_MINUTES = MONTH_HOURS * 60;
export const MONTH_SECONDS = MONTH_MINUTES * 60;
export const DAY_SECONDS = 86_400;

/**
 * Whether tasks share requests. `alone`: none do, each is scheduled, received and deleted by itself, which is the dearest; `together`: so
 * many come at once that batches of ten are full.
 */
export type Batching = 'alone' | 'together';

/** What a fleet has to carry. */
export interface Demand {
  readonly fleet: Fleet;
  /** Of all workers together; each carries the same share. */
  readonly tasksPerSecond: number;
  /** The workers that carry it. */
  readonly loaded: readonly Worker[];
  /** How long a handler takes on average. */
  readonly durationMs: number;
  /** Bytes of an input's JSON. */
  readonly payloadBytes: number;
  readonly batching: Batching;
}

export function tasksAMonth({ tasksPerSecond }: Demand): number {
  return tasksPerSecond * MONTH_SECONDS;
}

/** Tasks a second of one worker. */
export function rateOf({ tasksPerSecond, loaded }: Demand, worker: Worker): number {
  return loaded.includes(worker) ? tasksPerSecond / loaded.length : 0;
}

/** Containers that it takes to keep up, each with as many tasks at once as the contract says. */
export function containersNeeded(demand: Demand, worker: Worker): number {
  const rate = rateOf(demand, worker);
  const atOnce = (rate * demand.durationMs) / 1_000;
  return rate === 0 ? 0 : Math.max(1, Math.ceil(atOnce / worker.concurrency));
}
