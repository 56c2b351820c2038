import { type DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import type { Clock } from '../clock.ts';
import type { Log } from '../log/index.ts';
import { TASK_TABLE, type TaskTable } from '../table/index.ts';
import type { BreakerOptions } from './breakerOptions.ts';
import { type BreakerState, createBreaker } from './createBreaker.ts';
import { BreakerOpenError } from './errors.ts';
import { isOutage } from './isOutage.ts';

export interface GuardTableOptions {
  readonly table: TaskTable;
  /** Key of an item, present or not, that this process may read: the probe reads it. */
  readonly probeKey: string;
  readonly options?: Partial<BreakerOptions> | undefined;
  readonly clock: Pick<Clock, 'now' | 'monotonic' | 'random' | 'randomBytes'>;
  readonly log: Pick<Log, 'event'>;
}

export interface GuardedTable {
  /** The same table; every call through it passes the breaker. */
  readonly table: TaskTable;
  readonly breaker: BreakerState;
}

type Command = Parameters<DynamoDBClient['send']>[0];

/** A table whose calls throw BreakerOpenError at once while it is unavailable. */
export function guardTable({ table, probeKey, ...guard }: GuardTableOptions): GuardedTable {
  const { dynamodb, tableName } = table;
  const probe = new GetItemCommand({
    TableName: tableName,
    Key: { [TASK_TABLE.partitionKey]: { S: probeKey } },
  });
  const breaker = createBreaker({
    ...guard,
    name: 'table',
    isFailure: isAway,
    call: async (abortSignal, command: Command) => dynamodb.send(command, { abortSignal }),
    probe: async (abortSignal) => dynamodb.send(probe, { abortSignal }),
  });
  return { table: { tableName, dynamodb: sendingThrough(dynamodb, breaker.call) }, breaker };
}

/** The client in everything but `send`: only the one way of calling it that the table's functions use. */
function sendingThrough(
  dynamodb: DynamoDBClient,
  send: (command: Command) => Promise<unknown>,
): DynamoDBClient {
  return Object.assign(Object.create(dynamodb) as DynamoDBClient, { send });
}

/** No table, or no right to it: no message can be at fault, and each that is received meanwhile comes nearer to its end. */
const SHUT_OUT = new Set([
  'AccessDeniedException',
  'ExpiredTokenException',
  'UnrecognizedClientException',
  'ResourceNotFoundException',
]);

/** Whether a call of a table failed for a reason that no item is at fault for; waiting may mend it. */
export function isTableOutage(error: unknown): boolean {
  return error instanceof BreakerOpenError || isAway(error);
}

/** The same, of the service's own answers. */
function isAway(error: unknown): boolean {
  return isOutage(error) || (error instanceof Error && SHUT_OUT.has(error.name));
}
