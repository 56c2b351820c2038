import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { Clock } from '../clock.ts';
import { epochSeconds } from './expiry.ts';
import { TASK_TABLE } from './layout.ts';
import { readItems } from './readItems.ts';
import type { TaskTable } from './taskTable.ts';

/** Items of one writer and period: a process writes to one of them, so that none takes all writes of many. */
export const STATISTICS_SHARDS = 4;

/** Where one item of statistics is. */
export interface StatisticsPlace {
  /** Name of the worker that counts, or `platform`. */
  readonly writer: string;
  /** Name of the minute or hour. */
  readonly period: string;
  readonly shard: number;
}

/** Begins with the writer's name, so that `dynamodb:LeadingKeys` scopes a worker to `stats#<worker>#*`. */
export function statisticsKey({ writer, period, shard }: StatisticsPlace): string {
  return `stats#${writer}#${period}#${shard}`;
}

export interface StatisticsToAdd {
  readonly place: StatisticsPlace;
  /** What to add, by attribute name. */
  readonly counters: ReadonlyMap<string, number>;
  /** When the item may go, in milliseconds since 1970. */
  readonly expiresAt: number;
}

/** DynamoDB takes 4 KB of expression (docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html): 12 bytes each. */
export const COUNTERS_PER_WRITE = 250;

/** Adds to at most COUNTERS_PER_WRITE counters. One write unit for each KB of the item. A repeated call adds again. */
export async function addStatistics(
  { dynamodb, tableName }: TaskTable,
  { place, counters, expiresAt }: StatisticsToAdd,
  abortSignal?: AbortSignal,
): Promise<void> {
  const entries = [...counters];
  const names = entries.map(([name], i) => [`#c${i}`, name]);
  const values = entries.map(([, count], i) => [`:c${i}`, count]);
  const additions = entries.map((_, i) => `#c${i} :c${i}`).join(',');
  const update = new UpdateItemCommand({
    TableName: tableName,
    Key: marshall({ [TASK_TABLE.partitionKey]: statisticsKey(place) }),
    UpdateExpression: `SET #ttl = :ttl ADD ${additions}`,
    ExpressionAttributeNames: { ...Object.fromEntries(names), '#ttl': TASK_TABLE.timeToLive },
    ExpressionAttributeValues: marshall({
      ...Object.fromEntries(values),
      ':ttl': epochSeconds(expiresAt),
    }),
  });
  await dynamodb.send(update, abortSignal === undefined ? {} : { abortSignal });
}

/** Counters of an item that is there, by attribute name. */
export interface ReadStatistics {
  readonly place: StatisticsPlace;
  readonly counters: ReadonlyMap<string, number>;
}

/** DynamoDB reads 100 items together (docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html). */
const ITEMS_PER_READ = 100;

/**
 * The items that are there, of known places: nothing is searched. Half a read unit for each place, also where nothing is; not
 * consistent, because what was counted a second ago is not written yet either. Throws ThrottledError.
 */
export async function readStatisticsAt(
  table: TaskTable,
  places: readonly StatisticsPlace[],
  clock: Pick<Clock, 'sleep' | 'random'>,
): Promise<readonly ReadStatistics[]> {
  const byKey = new Map(places.map((place) => [statisticsKey(place), place]));
  const keys = [...byKey.keys()];
  const found: ReadStatistics[] = [];
  for (let start = 0; start < keys.length; start += ITEMS_PER_READ) {
    const some = keys.slice(start, start + ITEMS_PER_READ);
    const items = await readItems(table, some, clock, { isConsistent: false });
    for (const { [TASK_TABLE.partitionKey]: key, ...attributes } of items) {
      const place = byKey.get(key?.S ?? '');
      const counters = Object.entries(attributes).map(
        ([name, { N }]) => [name, Number(N)] as const,
      );
      if (place) found.push({ place, counters: new Map(counters) });
    }
  }
  return found;
}
