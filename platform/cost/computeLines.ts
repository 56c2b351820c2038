import type { FargateCompute, LambdaCompute, Worker } from '@taskfleet/toolbox/contract';
import { type Demand, containersNeeded, MONTH_HOURS, MONTH_SECONDS, rateOf } from './demand.ts';
import type { Quantity } from './quantity.ts';
import { PLATFORM_CONTAINERS } from './stackContents.ts';

export function computeLines(demand: Demand): Quantity[] {
  const { count, ...size } = PLATFORM_CONTAINERS;
  return [
    ...containerLines('the platform', size, { count, part: 'idle' }),
    ...demand.fleet.workers.flatMap((worker) =>
      worker.compute.kind === 'fargate'
        ? workerLines(demand, worker, worker.compute)
        : functionLines(demand, worker, worker.compute),
    ),
  ];
}

function workerLines(demand: Demand, worker: Worker, compute: FargateCompute): Quantity[] {
  const { min } = compute.scale;
  const more = Math.max(0, containersNeeded(demand, worker) - min);
  return [
    ...containerLines(worker.name, compute, { count: min, part: 'idle' }),
    ...containerLines(worker.name, compute, { count: more, part: 'load' }),
  ];
}

type Size = Pick<FargateCompute, 'cpu' | 'memory'> & Partial<Pick<FargateCompute, 'internet'>>;

const UNITS_OF_A_VCPU = 1_024;
const MIB_OF_A_GB = 1_024;

function containerLines(
  of: string,
  { cpu, memory, internet = [] }: Size,
  { count, part }: Pick<Quantity, 'part'> & { readonly count: number },
): Quantity[] {
  if (count === 0) return [];
  const hours = count * MONTH_HOURS;
  const containers = `${count} container${count === 1 ? '' : 's'}`;
  const what = part === 'load' ? `${of}, ${containers} more` : `${of}, ${containers}`;
  return [
    { price: 'vcpuHours', what, amount: (hours * cpu) / UNITS_OF_A_VCPU, part },
    { price: 'memoryGbHours', what, amount: (hours * memory) / MIB_OF_A_GB, part },
    // One that reaches the internet has an address of its own.
    ...(internet.length > 0 ? [{ price: 'addressHours', what, amount: hours, part } as const] : []),
  ];
}

/** The most that an invocation gets of a FIFO queue. */
const BATCH = 10;

function functionLines(demand: Demand, worker: Worker, { memory }: LambdaCompute): Quantity[] {
  const invocations = invocationsAMonth(demand, worker);
  const gbSeconds = invocations * (demand.durationMs / 1_000) * (memory / MIB_OF_A_GB);
  const what = `${worker.name}, invocations`;
  return [
    { price: 'invocations', what, amount: invocations, part: 'load' },
    { price: 'functionGbSeconds', what, amount: gbSeconds, part: 'load' },
  ];
}

/** Of a worker on Lambda. */
export function invocationsAMonth(demand: Demand, worker: Worker): number {
  const tasks = rateOf(demand, worker) * MONTH_SECONDS;
  return tasks / (demand.batching === 'together' ? Math.min(BATCH, worker.concurrency) : 1);
}
