import { createHash } from 'node:crypto';
import {
  BatchWriteItemCommand,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { z } from 'zod';
import { type Clock, systemClock } from '../clock.ts';
import { isTaskId, type TaskId } from '../contract/index.ts';
import { dueKey, SHARDS, TASK_TABLE } from './layout.ts';
import { readItems } from './readItems.ts';
import type { TaskTable } from './taskTable.ts';

const dueSchema = z.object({
  v: z.literal(1),
  id: z.custom<TaskId>((id) => typeof id === 'string' && isTaskId(id)),
  /** The message as it will be published. It may hold secrets, as the queues do: it is shown to nobody, and goes with the publish. */
  body: z.string(),
  /** `MessageGroupId`. */
  groupId: z.string(),
  /** Milliseconds since 1970, with a fraction that orders those of one millisecond. */
  dueAt: z.number().nonnegative(),
});

/** A message that waits in the table until it is due, for the dispatcher to publish. */
export type DueMessage = Omit<z.output<typeof dueSchema>, 'v'>;

/** The shards of the due index. A group's messages are in one, so that whoever drains it sees them in order. */
export const DUE_SHARDS: readonly string[] = Array.from({ length: SHARDS }, (_, i) => String(i));

/** DynamoDB's limits for a batch (docs.aws.amazon.com/amazondynamodb/latest/APIReference). */
const DUE_PER_READ = 100;
const DELETES_PER_WRITE = 25;

/** Keeps a message until it is removed. Two write units a KB: the item and its place in the index. */
export async function keepDue(
  { dynamodb, tableName }: TaskTable,
  message: DueMessage,
): Promise<void> {
  const Item = marshall({
    ...keyOf(message.id),
    ...message,
    v: 1,
    dueShard: shardOfGroup(message.groupId),
  });
  await dynamodb.send(new PutItemCommand({ TableName: tableName, Item }));
}

/** Whether the message still waits. Consistent. */
export async function isDueKept({ dynamodb, tableName }: TaskTable, id: TaskId): Promise<boolean> {
  const { Item } = await dynamodb.send(
    new GetItemCommand({ TableName: tableName, Key: marshall(keyOf(id)), ConsistentRead: true }),
  );
  return Item !== undefined;
}

/** Up to a hundred messages of a shard that are due by then, the first due first. Throws ThrottledError, and ZodError for one of another form. */
export async function readDue(
  table: TaskTable,
  shard: string,
  until: number,
  clock: Pick<Clock, 'sleep' | 'random'> = systemClock,
): Promise<DueMessage[]> {
  const { dynamodb, tableName } = table;
  const { Items: entries = [] } = await dynamodb.send(
    new QueryCommand({
      TableName: tableName,
      IndexName: 'due',
      KeyConditionExpression: '#shard = :shard AND #dueAt <= :until',
      ExpressionAttributeNames: { '#shard': 'dueShard', '#dueAt': 'dueAt' },
      ExpressionAttributeValues: marshall({ ':shard': shard, ':until': until }),
      Limit: DUE_PER_READ,
    }),
  );
  const keys = entries.flatMap(({ [TASK_TABLE.partitionKey]: key }) => key?.S ?? []);
  // What the index still names may have been published meanwhile: then there is no item.
  const items = await readItems(table, keys, clock);
  const found = items.map((item) => dueSchema.parse(unmarshall(item)));
  return found.toSorted((a, b) => a.dueAt - b.dueAt);
}

/** Removes published messages. One that DynamoDB had no capacity for is published again, which runs it no second time. */
export async function removeDue(
  { dynamodb, tableName }: TaskTable,
  ids: readonly TaskId[],
): Promise<void> {
  for (let start = 0; start < ids.length; start += DELETES_PER_WRITE) {
    const requests = ids
      .slice(start, start + DELETES_PER_WRITE)
      .map((id) => ({ DeleteRequest: { Key: marshall(keyOf(id)) } }));
    await dynamodb.send(new BatchWriteItemCommand({ RequestItems: { [tableName]: requests } }));
  }
}

function keyOf(id: TaskId) {
  return { [TASK_TABLE.partitionKey]: dueKey(id) };
}

function shardOfGroup(groupId: string): string {
  const [byte = 0] = createHash('sha256').update(groupId).digest();
  return String(byte % SHARDS);
}
