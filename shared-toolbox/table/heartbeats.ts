import { DeleteItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { z } from 'zod';
import type { Clock } from '../clock.ts';
import { type ProcessId, workerOfProcess } from '../contract/index.ts';
import { epochSeconds } from './expiry.ts';
import { heartbeatKey, TASK_TABLE } from './layout.ts';
import { packRunning, type RunningTask, unpackRunning } from './packRunning.ts';
import { readItems } from './readItems.ts';
import type { Stored } from './storedForm.ts';
import type { TaskTable } from './taskTable.ts';

const count = z.int().nonnegative();
const instant = z.int().nonnegative();

const heartbeatSchema = z.object({
  v: z.literal(1),
  host: z.string(),
  pid: count,
  /** Of the toolbox, and of Node. */
  toolbox: z.string(),
  node: z.string(),
  startedAt: instant,
  /** By the process's own clock. */
  beatAt: instant,
  /** Grows with every beat. */
  beat: count,
  intervalSeconds: z.number().positive(),
  leaseSeconds: z.number().positive(),
  /** `paused`: begins nothing new; `stopping`: neither, and ends with its last task. */
  state: z.enum(['running', 'paused', 'stopping']),
  /** Of what its worker is told, as far as it has heard. */
  revision: count,
  concurrency: count,
  /** Tasks that run; `tasks` may have fewer. */
  running: count,
  /** Attempts that have ended since the start, however; of these, those that failed for good, and those that are tried again. */
  processed: count,
  failed: count,
  retried: count,
  rssBytes: count,
  /** Milliseconds by which timers came late since the beat before: the 99th percentile. */
  lagMs: z.number().nonnegative(),
});

/** What a process of a worker says of itself every few seconds. */
export interface Heartbeat extends Omit<z.output<typeof heartbeatSchema>, 'v'> {
  readonly id: ProcessId;
  readonly worker: string;
  /** The oldest of those that run, as many as one write unit holds. */
  readonly tasks: readonly RunningTask[];
}

const storedSchema = heartbeatSchema.extend({ tasks: z.string() });

/** Where processes are listed: a partition of the index `recent`, by the time of their start. */
export const PROCESSES_PARTITION = 'workers';

/** How long the last word of a process that died is kept. */
const KEPT_MS = 3_600_000;

/** Bytes of an item that one write unit pays for, less what everything but `tasks` takes at most. */
const MOST_TASK_CHARACTERS = 1_024 - 450;
const LONGEST_HOST = 60;

/** Replaces what the process has said before. One write unit, a second one for the place in the index with the first beat. */
export async function putHeartbeat(
  { dynamodb, tableName }: TaskTable,
  { id, worker: _worker, tasks, host, ...said }: Heartbeat,
): Promise<void> {
  const stored = {
    ...said,
    v: 1,
    host: host.slice(0, LONGEST_HOST),
    tasks: packRunning(tasks, MOST_TASK_CHARACTERS),
    [TASK_TABLE.partitionKey]: heartbeatKey(id),
    [TASK_TABLE.timeToLive]: epochSeconds(said.beatAt + KEPT_MS),
    recentShard: PROCESSES_PARTITION,
    recentAt: said.startedAt,
  };
  await dynamodb.send(new PutItemCommand({ TableName: tableName, Item: marshall(stored) }));
}

/** The process has ended in order. */
export async function removeHeartbeat(
  { dynamodb, tableName }: TaskTable,
  id: ProcessId,
): Promise<void> {
  const Key = marshall({ [TASK_TABLE.partitionKey]: heartbeatKey(id) });
  await dynamodb.send(new DeleteItemCommand({ TableName: tableName, Key }));
}

/** DynamoDB reads 100 items together (docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html). */
const PROCESSES_PER_READ = 100;

/** The last word of each process, by its id; none of one that ended in order, or died long ago. Consistent. */
export async function readHeartbeats(
  table: TaskTable,
  ids: readonly ProcessId[],
  clock: Pick<Clock, 'now' | 'sleep' | 'random'>,
): Promise<ReadonlyMap<string, Heartbeat>> {
  const keys = [...new Set(ids)].map(heartbeatKey);
  const found: Heartbeat[] = [];
  for (let start = 0; start < keys.length; start += PROCESSES_PER_READ) {
    const some = keys.slice(start, start + PROCESSES_PER_READ);
    found.push(...(await readItems(table, some, clock)).flatMap(heartbeatFrom));
  }
  // DynamoDB deletes days late.
  const kept = found.filter(({ beatAt }) => beatAt + KEPT_MS > clock.now());
  return new Map(kept.map((heartbeat) => [heartbeat.id, heartbeat]));
}

/** One of another form, as of a later version, tells nothing here. */
function heartbeatFrom(stored: Stored): Heartbeat[] {
  const id = (stored[TASK_TABLE.partitionKey]?.S ?? '').slice(heartbeatKey('').length) as ProcessId;
  const { data } = storedSchema.safeParse(unmarshall(stored));
  if (!data) return [];
  const { v: _version, tasks, ...said } = data;
  const worker = workerOfProcess(id);
  return [{ ...said, id, worker, tasks: unpackRunning(worker, tasks) }];
}
