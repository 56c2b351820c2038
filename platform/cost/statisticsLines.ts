import type { Worker } from '@taskfleet/toolbox/contract';
import { type Grain, GRAINS } from '@taskfleet/toolbox/statistics';
import { invocationsAMonth } from './computeLines.ts';
import { containersNeeded, type Demand, MONTH_SECONDS, rateOf } from './demand.ts';
import { type Quantity, sum } from './quantity.ts';
import { PLATFORM_CONTAINERS } from './stackContents.ts';

const KB = 1_024;

/** Bytes of an item's key and expiry. */
const BASE_BYTES = 80;

/** What counters of a task take, whose times vary a thousandfold: three ends, and ten buckets of each time. */
export const WORKER_TASK_BYTES = 450;

/** Of a task that is seen. */
const PLATFORM_TASK_BYTES = 50;

/** What the platform and the loaded workers write to have counted. */
export function statisticsLines(demand: Demand): Quantity[] {
  const ofWorkers = demand.loaded.map((worker) => workerUnits(demand, worker));
  const amount = platformUnits(demand) + sum(ofWorkers);
  return [{ price: 'writeUnits', what: 'statistics', amount, part: 'load' }];
}

function platformUnits({ tasksPerSecond, loaded }: Demand): number {
  const tasks = sum(loaded.map((worker) => worker.tasks.length));
  const { count } = PLATFORM_CONTAINERS;
  const writes = count * writesAMonth(tasksPerSecond / count);
  return writes * Math.ceil((BASE_BYTES + tasks * PLATFORM_TASK_BYTES) / KB);
}

function workerUnits(demand: Demand, worker: Worker): number {
  return workerWrites(demand, worker) * unitsOfWrite(worker.tasks.length);
}

/** Write units of one write of a worker that counts so many tasks. */
export function unitsOfWrite(tasks: number): number {
  return Math.ceil((BASE_BYTES + tasks * WORKER_TASK_BYTES) / KB);
}

function workerWrites(demand: Demand, worker: Worker): number {
  const { compute } = worker;
  const grains = Object.keys(GRAINS).length;
  // An invocation writes at its end, because nobody knows whether there will be another.
  if (compute.kind === 'lambda') return grains * invocationsAMonth(demand, worker);
  const processes = Math.max(1, compute.scale.min, containersNeeded(demand, worker));
  return processes * writesAMonth(rateOf(demand, worker) / processes);
}

/** Of one process that counts so many tasks a second. */
export function writesAMonth(tasksPerSecond: number): number {
  if (tasksPerSecond === 0) return 0;
  const each = Object.values(GRAINS).map((grain) => writesASecond(grain, tasksPerSecond));
  return sum(each) * MONTH_SECONDS;
}

/** A write follows the first task after the last write by a fixed time; one that meets the end of a period is two. */
function writesASecond({ flushMs, lengthMs }: Grain, tasksPerSecond: number): number {
  return (1 + flushMs / lengthMs) / (flushMs / 1_000 + 1 / tasksPerSecond);
}
