import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import type { LocalStack } from '@taskfleet/infra/local';
import {
  defineFleet,
  defineTask,
  defineWorker,
  implement,
  type TaskId,
} from '@taskfleet/toolbox/contract';
import { createLog } from '@taskfleet/toolbox/log';
import { definitionKey, resultKey, TASK_TABLE } from '@taskfleet/toolbox/table';
import { z } from 'zod';
import {
  clientsOf,
  resourcesOf,
  schedulerOn,
  trackerOn,
  workerOn,
} from '../fixtures/startParts.ts';
import { drained } from './fleetRun.ts';
import { itemBytes } from './itemBytes.ts';
import { type Meter, meter } from './meter.ts';

const take = defineTask('measured.take', { input: z.string(), output: z.null() });
export const measuredWorker = defineWorker('measured', { tasks: [take], concurrency: 20 });

/** A worker that returns at once, whatever text it is given. */
export const measuredFleet = defineFleet([measuredWorker]);

/** What CloudWatch Logs adds to each line (docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutLogEvents.html). */
const BYTES_OF_A_LINE = 26;

export interface MeasureOptions {
  readonly stack: Pick<LocalStack, 'endpoints' | 'outputs'>;
  readonly tasks: number;
  /** `alone`: each is scheduled when the one before has ended; `together`: all at once. */
  readonly how: 'alone' | 'together';
  /** Bytes of each input's JSON. */
  readonly payloadBytes: number;
}

/** What one task took, on average. */
export interface MeasuredTasks {
  /** By operation; receives that brought nothing, and what time makes, are not among them. */
  readonly requests: Readonly<Record<string, number>>;
  readonly writeUnits: number;
  /** Without the input. */
  readonly bytes: Readonly<Record<'message' | 'definition' | 'result' | 'log', number>>;
}

/** Runs tasks from `schedule()` to their records on the real runtime, and counts what each asks of AWS. */
export async function measureTasks(options: MeasureOptions): Promise<MeasuredTasks> {
  const { stack, tasks, how, payloadBytes } = options;
  const clients = clientsOf(stack);
  const counted = meter(clients);
  let logBytes = 0;
  const write = (line: string) => {
    logBytes += Buffer.byteLength(line.trimEnd()) + BYTES_OF_A_LINE;
  };
  const workerLog = createLog({ level: 'info', destination: { write } }).child({
    worker: measuredWorker.name,
  });
  const implementation = implement(measuredWorker, { 'measured.take': () => null });
  const running = [
    // What the time makes is measured by itself.
    workerOn({ stack, clients, implementation, log: workerLog, heartbeatSeconds: 3_600 }),
    trackerOn({ stack, clients, fleet: measuredFleet }),
  ];
  const scheduler = schedulerOn(stack, clients);
  const input = 'x'.repeat(payloadBytes - '""'.length);
  const ask = async () => (await scheduler.schedule(take, input)).id;
  await ask();
  await drained(stack, measuredWorker.name);
  counted.clear();
  logBytes = 0;
  const ids = await (how === 'alone' ? oneByOne(stack, tasks, ask) : atOnce(stack, tasks, ask));
  const measured = perTask(counted, tasks);
  const log = Math.ceil(logBytes / tasks);
  scheduler.close();
  await Promise.all(running.map(async (part) => part.stop()));
  const bytes = {
    message: Math.ceil(counted.publishedBytes / tasks) - payloadBytes,
    ...(await recordBytes(stack, ids[0], payloadBytes)),
    log,
  };
  return { ...measured, bytes };
}

type Ask = () => Promise<TaskId>;
type Stack = MeasureOptions['stack'];

async function oneByOne(stack: Stack, tasks: number, ask: Ask): Promise<TaskId[]> {
  const ids: TaskId[] = [];
  for (let i = 0; i < tasks; i += 1) {
    ids.push(await ask());
    await drained(stack, measuredWorker.name);
  }
  return ids;
}

async function atOnce(stack: Stack, tasks: number, ask: Ask): Promise<TaskId[]> {
  const ids = await Promise.all(Array.from({ length: tasks }, ask));
  await drained(stack, measuredWorker.name);
  return ids;
}

/** Made by the passing of time, not by a task: looks for an outage and for a wish to cancel, and leases that are extended. */
const OF_TIME = new Set(['GetItem', 'ChangeMessageVisibilityBatch']);

function perTask({ requests, fullReceives, writeUnits }: Meter, tasks: number) {
  const counts = [...requests].filter(([operation]) => !OF_TIME.has(operation));
  const averages = new Map(counts.map(([operation, count]) => [operation, count / tasks]));
  averages.set('ReceiveMessage', fullReceives / tasks);
  const sorted = [...averages].toSorted(([a], [b]) => a.localeCompare(b));
  return { requests: Object.fromEntries(sorted), writeUnits: writeUnits / tasks };
}

async function recordBytes(stack: Stack, id: TaskId | undefined, payloadBytes: number) {
  if (id === undefined) throw new RangeError('expected a task to have run');
  const [definition, result] = await Promise.all(
    [definitionKey(id), resultKey(id)].map(async (key) => storedBytes(stack, key)),
  );
  return { definition: (definition ?? 0) - payloadBytes, result: result ?? 0 };
}

async function storedBytes(stack: Stack, key: string): Promise<number> {
  const { tableName: TableName } = resourcesOf(stack);
  const Key = { [TASK_TABLE.partitionKey]: { S: key } };
  const { Item } = await clientsOf(stack).dynamodb.send(new GetItemCommand({ TableName, Key }));
  if (!Item) throw new RangeError(`expected an item ${key}`);
  return itemBytes(Item);
}
