import { type AttributeValue, QueryCommand } from '@aws-sdk/client-dynamodb';
import type { Clock } from '@taskfleet/toolbox/clock';
import { isProcessId, type ProcessId, workerOfProcess } from '@taskfleet/toolbox/contract';
import {
  type Heartbeat,
  heartbeatKey,
  PROCESSES_PARTITION,
  readHeartbeats,
  TASK_TABLE,
  type TaskTable,
} from '@taskfleet/toolbox/table';
import { indexQuery } from '../reader/queryIndex.ts';
import { isLost } from './isLost.ts';

export interface WorkersOptions {
  readonly table: TaskTable;
  readonly clock: Clock;
}

/** A process of a worker, by its last heartbeat. */
export interface WorkerProcess extends Omit<Heartbeat, 'beat'> {
  /** Not told by the API. */
  readonly beat?: number;
  /** It has not been heard for too long: it died, or cannot reach the table. */
  readonly lost: boolean;
}

/** Items of one page of the index, which holds keys only. */
const PAGE = 1_000;

/** Processes that have not ended in order, of one worker or of all, by worker and start. */
export async function listProcesses(
  { table, clock }: WorkersOptions,
  worker?: string,
): Promise<readonly WorkerProcess[]> {
  const ids = (await processIds(table)).filter(
    (id) => worker === undefined || workerOfProcess(id) === worker,
  );
  const heartbeats = await readHeartbeats(table, ids, clock);
  const now = clock.now();
  return [...heartbeats.values()]
    .map((heartbeat) => Object.assign(heartbeat, { lost: isLost(heartbeat, now) }))
    .toSorted(byWorkerAndStart);
}

function byWorkerAndStart(a: Heartbeat, b: Heartbeat): number {
  if (a.worker !== b.worker) return a.worker < b.worker ? -1 : 1;
  return a.startedAt - b.startedAt;
}

async function processIds({ dynamodb, tableName }: TaskTable): Promise<ProcessId[]> {
  const query = indexQuery({ index: 'recent', partition: PROCESSES_PARTITION, limit: PAGE });
  const ids: ProcessId[] = [];
  let start: Record<string, AttributeValue> | undefined;
  do {
    const { Items = [], LastEvaluatedKey } = await dynamodb.send(
      new QueryCommand({ TableName: tableName, ...query, ExclusiveStartKey: start }),
    );
    const keys = Items.map((found) => found[TASK_TABLE.partitionKey]?.S ?? '');
    ids.push(...keys.map((key) => key.slice(heartbeatKey('').length)).filter(isProcessId));
    start = LastEvaluatedKey;
  } while (start);
  return ids;
}
