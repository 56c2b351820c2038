import { QUEUE_RETENTION_DAYS, type Worker } from '@taskfleet/toolbox/contract';
import {
  type Demand,
  containersNeeded,
  DAY_SECONDS,
  MONTH_MINUTES,
  MONTH_SECONDS,
  rateOf,
  tasksAMonth,
} from './demand.ts';
import { MEASURED } from './measured.ts';
import { inlineBytes } from './messageBytes.ts';
import { gigabytes, type Quantity, sum } from './quantity.ts';

const KB = 1_024;

/**
 * Write units of a task that succeeds in its first attempt, with an output that fits in the record's first KB. The definition's grow with
 * the input; the others are as measured.
 */
export function writeUnitsPerTask(demand: Pick<Demand, 'payloadBytes' | 'batching'>): number {
  const { bytes, [demand.batching]: measured } = MEASURED.task;
  const definition = Math.ceil((bytes.definition + inlineBytes(demand)) / KB);
  return measured.writeUnits - Math.ceil(bytes.definition / KB) + definition;
}

export function tableLines(demand: Demand): Quantity[] {
  const { platform, worker } = MEASURED.idleMinute;
  const minutes = heartbeatMinutes(demand);
  const gb = storedGb(demand);
  return [
    {
      price: 'writeUnits',
      what: "the dispatcher's lead",
      amount: platform.writeUnits * MONTH_MINUTES,
      part: 'idle',
    },
    {
      price: 'readUnits',
      what: "the dispatcher's looks at what is due",
      amount: platform.readUnits * MONTH_MINUTES,
      part: 'idle',
    },
    {
      price: 'writeUnits',
      what: 'heartbeats of workers',
      amount: worker.writeUnits * minutes.idle,
      part: 'idle',
    },
    {
      price: 'writeUnits',
      what: 'heartbeats of more workers',
      amount: worker.writeUnits * minutes.load,
      part: 'load',
    },
    {
      price: 'writeUnits',
      what: `tasks, ${writeUnitsPerTask(demand)} units each`,
      amount: tasksAMonth(demand) * writeUnitsPerTask(demand),
      part: 'load',
    },
    { price: 'readUnits', what: 'looks for cancels', amount: cancelLooks(demand), part: 'load' },
    { price: 'tableGbMonths', what: 'records until they expire', amount: gb, part: 'load' },
    { price: 'recoveryGbMonths', what: 'point-in-time recovery', amount: gb, part: 'load' },
  ];
}

/** Minutes of all containers, which say that they live; a function does not. */
function heartbeatMinutes(demand: Demand): Readonly<Record<'idle' | 'load', number>> {
  const mins = demand.fleet.workers.map(({ compute }) =>
    compute.kind === 'fargate' ? compute.scale.min : 0,
  );
  const more = demand.fleet.workers.map((worker, i) =>
    worker.compute.kind === 'fargate'
      ? Math.max(0, containersNeeded(demand, worker) - (mins[i] ?? 0))
      : 0,
  );
  return { idle: sum(mins) * MONTH_MINUTES, load: sum(more) * MONTH_MINUTES };
}

/** An eventually consistent read of one small item. */
const LOOK_UNITS = 0.5;

/** Of each container, every third of a lease. */
function cancelLooks(demand: Demand): number {
  const looks = demand.loaded.map(
    (worker) => containersNeeded(demand, worker) * (MONTH_SECONDS / (worker.leaseSeconds / 3)),
  );
  return sum(looks) * LOOK_UNITS;
}

/** DynamoDB stores 100 bytes more for each item, and for each in an index (docs.aws.amazon.com, Table and item size). */
const ITEM_OVERHEAD = 100;
/** Definition, result, and the definition's entry in the recent index, whose keys take some 100 bytes. */
const ITEMS = 3;
const INDEX_ENTRY_BYTES = 100;

const DAY_MS = DAY_SECONDS * 1_000;

/** What has accumulated once the oldest records go: the queue's retention and the task's own after it was scheduled. */
function storedGb(demand: Demand): number {
  const { definition, result } = MEASURED.task.bytes;
  const each =
    definition + result + inlineBytes(demand) + INDEX_ENTRY_BYTES + ITEMS * ITEM_OVERHEAD;
  const bytes = demand.loaded.map(
    (worker) => rateOf(demand, worker) * retentionDays(worker) * DAY_SECONDS * each,
  );
  return gigabytes(sum(bytes));
}

function retentionDays({ tasks }: Worker): number {
  const longest = Math.max(...tasks.map(({ retentionMs }) => retentionMs));
  return QUEUE_RETENTION_DAYS + longest / DAY_MS;
}
