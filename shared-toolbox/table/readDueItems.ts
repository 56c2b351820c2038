import { QueryCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { type Clock, systemClock } from '../clock.ts';
import { TASK_TABLE } from './layout.ts';
import { readItems } from './readItems.ts';
import type { Stored } from './storedForm.ts';
import type { TaskTable } from './taskTable.ts';

export interface DueQuery {
  /** Of the due index. */
  readonly shard: string;
  /** Milliseconds since 1970. */
  readonly until: number;
  /** Where the page before ended. */
  readonly after?: Stored | undefined;
}

export interface DueItems {
  readonly items: readonly Stored[];
  /** Where this page ended; undefined for the last. */
  readonly end: Stored | undefined;
}

/** DynamoDB's limit for a batch (docs.aws.amazon.com/amazondynamodb/latest/APIReference). */
const DUE_PER_READ = 100;

/**
 * Up to a hundred items of a shard that are due by then, in no order, as they are now: what the index still names may be gone, and is
 * left out, or be due at another time. Throws ThrottledError.
 */
export async function readDueItems(
  table: TaskTable,
  { shard, until, after }: DueQuery,
  clock: Pick<Clock, 'sleep' | 'random'> = systemClock,
): Promise<DueItems> {
  const { dynamodb, tableName } = table;
  const { Items: entries = [], LastEvaluatedKey: end } = await dynamodb.send(
    new QueryCommand({
      TableName: tableName,
      IndexName: 'due',
      KeyConditionExpression: '#shard = :shard AND #dueAt <= :until',
      ExpressionAttributeNames: { '#shard': 'dueShard', '#dueAt': 'dueAt' },
      ExpressionAttributeValues: marshall({ ':shard': shard, ':until': until }),
      Limit: DUE_PER_READ,
      ExclusiveStartKey: after,
    }),
  );
  const keys = entries.flatMap(({ [TASK_TABLE.partitionKey]: key }) => key?.S ?? []);
  return { items: await readItems(table, keys, clock), end };
}
