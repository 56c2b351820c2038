import {
  OFFLOAD_ABOVE_BYTES,
  PLATFORM_LEASE_SECONDS,
  type Worker,
} from '@taskfleet/toolbox/contract';
import { type Demand, MONTH_HOURS, MONTH_SECONDS, rateOf, tasksAMonth } from './demand.ts';
import { MEASURED } from './measured.ts';
import { gigabytes, type Quantity } from './quantity.ts';
import { PLATFORM_CONTAINERS, stackContents } from './stackContents.ts';

const KB = 1_024;
/** SQS counts each started 64 KB of a request as one. */
const BILLED_CHUNK = 64 * KB;

/** A worker's and the platform's. */
const COPIES = 2;

/** Whether the input goes through the bucket, and the messages carry a reference. */
export function isOffloaded({ payloadBytes }: Pick<Demand, 'payloadBytes'>): boolean {
  return MEASURED.task.bytes.message + payloadBytes > OFFLOAD_ABOVE_BYTES;
}

/** Bytes of the input that travel, and are kept in the record. */
export function inlineBytes(demand: Pick<Demand, 'payloadBytes'>): number {
  return isOffloaded(demand) ? 0 : demand.payloadBytes;
}

export function messageBytes(demand: Pick<Demand, 'payloadBytes'>): number {
  return MEASURED.task.bytes.message + inlineBytes(demand);
}

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
      amount: extensions(demand),
      part: 'load',
    },
  ];
}

/** Each process has one poll under way; the platform one more for each dead-letter queue. Lambda's own pollers are not known. */
function idlePolls({ fleet }: Demand): number {
  const workers = fleet.workers.flatMap(({ compute }) =>
    compute.kind === 'fargate' ? compute.scale.min : [],
  );
  const containers = workers.reduce((sum, min) => sum + min, PLATFORM_CONTAINERS.count);
  const loops = containers + stackContents(fleet).deadLetterQueues;
  return loops * MEASURED.idleMinute.worker.requests.ReceiveMessage * MONTH_HOURS * 60;
}

const RECEIPTS_PER_BATCH = 10;

function extensions(demand: Demand): number {
  const { tasksPerSecond } = demand;
  const ofWorkers = demand.loaded.map(
    (worker) => rateOf(demand, worker) * MONTH_SECONDS * extensionsOf(demand, worker),
  );
  const ofPlatform =
    tasksAMonth(demand) * lateReceives(demand, tasksPerSecond, PLATFORM_LEASE_SECONDS);
  return ofWorkers.reduce((sum, count) => sum + count, ofPlatform);
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
