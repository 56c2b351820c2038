import { type Demand, MONTH_HOURS, MONTH_SECONDS, rateOf, tasksAMonth } from './demand.ts';
import { MEASURED } from './measured.ts';
import { messageBytes } from './messageBytes.ts';
import { gigabytes, type Quantity, sum } from './quantity.ts';
import { ENDPOINTS } from './stackContents.ts';

/** The endpoints of the stage's own network. Table and bucket are reached through gateways, which are free. */
export function networkLines(demand: Demand): Quantity[] {
  const { count, zones } = ENDPOINTS;
  const onFargate = demand.loaded.filter(({ compute }) => compute.kind === 'fargate');
  const toWorkers = sum(onFargate.map((worker) => rateOf(demand, worker)));
  const messages = tasksAMonth(demand) + toWorkers * MONTH_SECONDS;
  const bytes =
    messages * messageBytes(demand) + toWorkers * MONTH_SECONDS * MEASURED.task.bytes.log;
  return [
    {
      price: 'endpointHours',
      what: `${count} endpoints in ${zones} zones`,
      amount: count * zones * MONTH_HOURS,
      part: 'idle',
    },
    { price: 'endpointGb', what: 'messages and log lines', amount: gigabytes(bytes), part: 'load' },
  ];
}
