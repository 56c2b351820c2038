import { offloadDays } from '@taskfleet/toolbox/contract';
import { DAY_SECONDS, type Demand, rateOf, tasksAMonth } from './demand.ts';
import { isOffloaded } from './messageBytes.ts';
import { gigabytes, type Quantity, sum } from './quantity.ts';

/** Inputs too large for a message: put by the scheduler, fetched by the worker. */
export function bucketLines(demand: Demand): Quantity[] {
  if (!isOffloaded(demand)) return [];
  const tasks = tasksAMonth(demand);
  const bytes = demand.loaded.map((worker) => {
    const days = Math.max(...worker.tasks.map(offloadDays));
    return rateOf(demand, worker) * days * DAY_SECONDS * demand.payloadBytes;
  });
  const gb = gigabytes(sum(bytes));
  return [
    { price: 'puts', what: 'large inputs stored', amount: tasks, part: 'load' },
    { price: 'gets', what: 'large inputs fetched', amount: tasks, part: 'load' },
    { price: 'bucketGbMonths', what: 'large inputs until they expire', amount: gb, part: 'load' },
  ];
}
