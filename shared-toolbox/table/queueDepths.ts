import { GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { z } from 'zod';
import type { Clock } from '../clock.ts';
import { epochSeconds } from './expiry.ts';
import { TASK_TABLE } from './layout.ts';
import { readItems } from './readItems.ts';
import type { Stored } from './storedForm.ts';
import type { TaskTable } from './taskTable.ts';
import { unlessRefused } from './unlessRefused.ts';

/** Messages of a service, its queues taken together. */
export interface QueueDepth {
  readonly visible: number;
  readonly inFlight: number;
  readonly delayed: number;
  readonly deadLetters: number;
  /** For how long at most the oldest visible message has waited, by what is counted; 0 when none waits, null when nobody can know. */
  readonly oldestMs: number | null;
}

/** By the service's name. */
export type QueueDepths = ReadonlyMap<string, QueueDepth>;

/** What was in the queues in a minute or an hour. */
export interface DepthsToKeep {
  /** Its name. */
  readonly period: string;
  readonly depths: QueueDepths;
  /** When the item may go, in milliseconds since 1970. */
  readonly expiresAt: number;
}

const count = z.int().nonnegative();
/** Visible, in flight, delayed, dead letters, seconds of the oldest: short, so that one write unit holds some twenty services. */
const depthSchema = z.tuple([count, count, count, count, count.nullable().optional()]);
const depthsSchema = z.object({ v: z.literal(1), depths: z.record(z.string(), depthSchema) });

function depthKey(period: string): string {
  return `depth#${period}`;
}

/** Keeps them unless somebody has for that period. Resolves to whether nobody had. One write unit for each KB. */
export async function putDepthsOnce(
  { dynamodb, tableName }: TaskTable,
  depths: DepthsToKeep,
): Promise<boolean> {
  const put = new PutItemCommand({
    TableName: tableName,
    Item: itemOf(depths),
    ConditionExpression: `attribute_not_exists(${TASK_TABLE.partitionKey})`,
  });
  return unlessRefused(dynamodb.send(put));
}

/** Keeps them in place of what was kept for that period. */
export async function putDepths(
  { dynamodb, tableName }: TaskTable,
  depths: DepthsToKeep,
): Promise<void> {
  await dynamodb.send(new PutItemCommand({ TableName: tableName, Item: itemOf(depths) }));
}

/** Consistent. Nothing of a period of which nothing was kept. */
export async function readDepths(
  { dynamodb, tableName }: TaskTable,
  period: string,
): Promise<QueueDepths> {
  const Key = marshall({ [TASK_TABLE.partitionKey]: depthKey(period) });
  const get = new GetItemCommand({ TableName: tableName, Key, ConsistentRead: true });
  const { Item } = await dynamodb.send(get);
  return Item ? depthsFrom(Item) : new Map();
}

/** DynamoDB reads 100 items together (docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html). */
const ITEMS_PER_READ = 100;

/** Of those of the periods of which something was kept. Half a read unit for each period. Throws ThrottledError. */
export async function readDepthsAt(
  table: TaskTable,
  periods: readonly string[],
  clock: Pick<Clock, 'sleep' | 'random'>,
): Promise<ReadonlyMap<string, QueueDepths>> {
  const byKey = new Map(periods.map((period) => [depthKey(period), period]));
  const keys = [...byKey.keys()];
  const found = new Map<string, QueueDepths>();
  for (let start = 0; start < keys.length; start += ITEMS_PER_READ) {
    const some = keys.slice(start, start + ITEMS_PER_READ);
    for (const item of await readItems(table, some, clock, { isConsistent: false })) {
      const period = byKey.get(item[TASK_TABLE.partitionKey]?.S ?? '');
      if (period !== undefined) found.set(period, depthsFrom(item));
    }
  }
  return found;
}

function itemOf({ period, depths, expiresAt }: DepthsToKeep): Stored {
  const stored = [...depths].map(([service, depth]) => {
    const { visible, inFlight, delayed, deadLetters, oldestMs } = depth;
    const oldestSeconds = oldestMs === null ? null : Math.ceil(oldestMs / 1_000);
    return [service, [visible, inFlight, delayed, deadLetters, oldestSeconds]] as const;
  });
  return marshall({
    [TASK_TABLE.partitionKey]: depthKey(period),
    [TASK_TABLE.timeToLive]: epochSeconds(expiresAt),
    v: 1,
    depths: Object.fromEntries(stored),
  });
}

function depthsFrom(item: Stored): QueueDepths {
  const { depths } = depthsSchema.parse(unmarshall(item));
  return new Map(
    Object.entries(depths).map(([service, counts]) => {
      const [visible, inFlight, delayed, deadLetters, seconds = null] = counts;
      const oldestMs = seconds === null ? null : seconds * 1_000;
      return [service, { visible, inFlight, delayed, deadLetters, oldestMs }];
    }),
  );
}
