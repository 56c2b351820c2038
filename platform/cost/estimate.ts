import { bucketLines } from './bucketLines.ts';
import { computeLines } from './computeLines.ts';
import { containersNeeded, type Demand, tasksAMonth } from './demand.ts';
import { messagingLines } from './messagingLines.ts';
import { networkLines } from './networkLines.ts';
import { PRICES, type PriceName, type Region, priceIn } from './prices.ts';
import { type Quantity, sum } from './quantity.ts';
import { queueHistoryLines } from './queueHistoryLines.ts';
import { statisticsLines } from './statisticsLines.ts';
import { tableLines } from './tableLines.ts';
import { watchLines } from './watchLines.ts';

/** A line of the bill. */
export interface Line extends Quantity {
  readonly service: string;
  readonly unit: string;
  /** So many units cost `priceUsd`. */
  readonly per: number;
  readonly priceUsd: number;
  readonly usd: number;
}

/** A month of a fleet, in US dollars at list prices. */
export interface Estimate {
  readonly lines: readonly Line[];
  readonly idleUsd: number;
  readonly loadUsd: number;
  readonly totalUsd: number;
  /** What a million tasks add; left out without tasks. */
  readonly millionTasksUsd?: number;
  /** Billed, and without a sourced price in this region. */
  readonly unpriced: readonly PriceName[];
  /** What the contracts do not allow, and what is counted in another way than it is billed. */
  readonly notes: readonly string[];
}

const MILLION = 1_000_000;

export function estimate(demand: Demand, region: Region): Estimate {
  const quantities = [
    ...messagingLines(demand),
    ...tableLines(demand),
    ...statisticsLines(demand),
    ...queueHistoryLines(demand),
    ...bucketLines(demand),
    ...computeLines(demand),
    ...watchLines(demand),
    ...networkLines(demand),
  ].filter(({ amount }) => amount > 0);
  const lines = quantities.flatMap((quantity) => priced(quantity, region));
  const unpriced = quantities
    .map(({ price }) => price)
    .filter((price) => priceIn(price, region) === undefined);
  const [idleUsd, loadUsd] = [sumOf(lines, 'idle'), sumOf(lines, 'load')];
  const tasks = tasksAMonth(demand);
  return {
    lines,
    idleUsd,
    loadUsd,
    totalUsd: idleUsd + loadUsd,
    ...(tasks > 0 && { millionTasksUsd: (loadUsd / tasks) * MILLION }),
    unpriced,
    notes: notesOn(demand),
  };
}

function priced(quantity: Quantity, region: Region): Line[] {
  const priceUsd = priceIn(quantity.price, region);
  if (priceUsd === undefined) return [];
  const { service, unit, per } = PRICES[quantity.price];
  const usd = (quantity.amount / per) * priceUsd;
  return [{ ...quantity, service, unit, per, priceUsd, usd }];
}

function sumOf(lines: readonly Line[], part: Quantity['part']): number {
  return sum(lines.filter((line) => line.part === part).map(({ usd }) => usd));
}

function notesOn(demand: Demand): string[] {
  return demand.fleet.workers.flatMap((worker) => {
    const { name, compute } = worker;
    const needed = containersNeeded(demand, worker);
    if (compute.kind === 'lambda')
      return [`${name}: Lambda's own polls of its queue are not counted`];
    const { scale, spot } = compute;
    return [
      ...(needed > scale.max
        ? [`${name}: this takes ${needed} containers, and its contract allows ${scale.max}`]
        : []),
      ...(spot ? [`${name}: spot capacity is counted at the price on demand`] : []),
    ];
  });
}
