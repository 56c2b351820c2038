import { PLATFORM_LEASE_SECONDS, type Worker } from '@taskfleet/toolbox/contract';
import { type Demand, MONTH_SECONDS, rateOf, tasksAMonth } from './demand.ts';
import { sum } from './quantity.ts';

const RECEIPTS_PER_BATCH = 10;

/** Requests that extend leases, in a month. */
export function leaseExtensions(demand: Demand): number {
  const { tasksPerSecond } = demand;
  const ofWorkers = demand.loaded.map(
    (worker) => rateOf(demand, worker) * MONTH_SECONDS * extensionsOf(demand, worker),
  );
  const ofPlatform =
    tasksAMonth(demand) * lateReceives(demand, tasksPerSecond, PLATFORM_LEASE_SECONDS);
  return sum([...ofWorkers, ofPlatform]);
}

/** Heartbeats, one for each third of a lease that a task runs; and one at once where the poll was long. On Lambda none. */
function extensionsOf(demand: Demand, worker: Worker): number {
  const { compute, leaseSeconds } = worker;
  if (compute.kind === 'lambda') return 0;
  const beats = Math.floor((demand.durationMs * 3) / (leaseSeconds * 1_000));
  const each = demand.batching === 'together' ? beats / RECEIPTS_PER_BATCH : beats;
  return each + lateReceives(demand, rateOf(demand, worker), leaseSeconds);
}

/** A message that ends a poll of more than a sixth of a lease has its lease extended first: the rule where few come. */
function lateReceives({ batching }: Demand, rate: number, leaseSeconds: number): number {
  return batching === 'alone' && rate * leaseSeconds < 6 ? 1 : 0;
}
