import { queuesOf } from '@taskfleet/toolbox/contract';
import { type Demand, MONTH_MINUTES, tasksAMonth } from './demand.ts';
import { leaseExtensions } from './leaseExtensions.ts';
import { MEASURED } from './measured.ts';
import { messageBytes } from './messageBytes.ts';
import { gigabytes, type Quantity, sum } from './quantity.ts';
import { PLATFORM_CONTAINERS, stackContents } from './stackContents.ts';

/** SQS counts each started 64 KB of a request as one. */
const BILLED_CHUNK = 64 * 1_024;

/** A worker's and the platform's. */
const COPIES = 2;

export function messagingLines(demand: Demand): Quantity[] {
  return [...topicLines(demand), ...queueLines(demand)];
}

function topicLines(demand: Demand): Quantity[] {
  const tasks = tasksAMonth(demand);
  const { subscriptions } = stackContents(demand.fleet);
  const publishes = tasks * MEASURED.task[demand.batching].requests.PublishBatch;
  const gb = gigabytes(tasks * messageBytes(demand));
  const to = `to ${subscriptions} subscriptions`;
  return [
    { price: 'publishes', what: 'publishes', amount: publishes, part: 'load' },
    { price: 'publishedGb', what: 'published messages', amount: gb, part: 'load' },
    {
      price: 'deliveries',
      what: `deliveries ${to}`,
      amount: tasks * subscriptions,
      part: 'load',
    },
    {
      price: 'deliveredGb',
      what: `delivered messages, ${to}`,
      amount: gb * subscriptions,
      part: 'load',
    },
  ];
}

function queueLines(demand: Demand): Quantity[] {
  const tasks = tasksAMonth(demand);
  const { ReceiveMessage, DeleteMessageBatch } = MEASURED.task[demand.batching].requests;
  const chunks = (COPIES * messageBytes(demand)) / BILLED_CHUNK;
  const handled = tasks * (Math.max(ReceiveMessage, chunks) + DeleteMessageBatch);
  return [
    {
      price: 'queueRequests',
      what: 'polls of idle processes',
      amount: idlePolls(demand),
      part: 'idle',
    },
    { price: 'queueRequests', what: 'receives and deletes', amount: handled, part: 'load' },
    {
      price: 'queueRequests',
      what: 'leases extended',
      amount: leaseExtensions(demand),
      part: 'load',
    },
  ];
}

/** Each process has one poll under way for each of its queues; the platform one more for each dead-letter queue. Lambda's own pollers are not known. */
function idlePolls({ fleet }: Demand): number {
  const workers = fleet.workers.map((worker) => {
    const { compute } = worker;
    return compute.kind === 'fargate' ? compute.scale.min * queuesOf(worker).length : 0;
  });
  const polled = sum(workers) + PLATFORM_CONTAINERS.count;
  const loops = polled + stackContents(fleet).deadLetterQueues;
  return loops * MEASURED.idleMinute.worker.requests.ReceiveMessage * MONTH_MINUTES;
}
