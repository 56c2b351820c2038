import { createHash } from 'node:crypto';
import {
  BatchWriteItemCommand,
  GetItemCommand,
  PutItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { z } from 'zod';
import { type Clock, systemClock } from '../clock.ts';
import { isTaskId, PRIORITIES, type TaskDefinitionRecord, type TaskId } from '../contract/index.ts';
import { dueKey, SHARDS, TASK_TABLE } from './layout.ts';
import { readDueItems } from './readDueItems.ts';
import { definitionText, placesOf, type Stored, waitingDefinitionFrom } from './storedForm.ts';
import type { TaskTable } from './taskTable.ts';
import { unlessRefused } from './unlessRefused.ts';

const dueSchema = z.object({
  v: z.literal(1),
  id: z.custom<TaskId>((id) => typeof id === 'string' && isTaskId(id)),
  /** The message as it will be published. It may hold secrets, as the queues do: it is shown to nobody, and goes with the publish. */
  body: z.string(),
  /** `MessageGroupId`. */
  groupId: z.string(),
  /** Left out for normal. */
  priority: z.enum(PRIORITIES).optional(),
  /** Milliseconds since 1970, with a fraction that orders those of one millisecond. */
  dueAt: z.number().nonnegative(),
  /** Whether a dispatcher has begun to publish it. */
  taken: z.literal(true).optional(),
});

/** A message that waits in the table until it is due, for the dispatcher to publish. */
export type DueMessage = Omit<z.output<typeof dueSchema>, 'v'>;

/** A message to keep, and what people may see of its task meanwhile. */
export interface DueTask extends DueMessage {
  readonly definition: TaskDefinitionRecord;
}

/** The shards of the due index. A group's messages are in one, so that whoever drains it sees them in order. */
export const DUE_SHARDS: readonly string[] = Array.from({ length: SHARDS }, (_, i) => String(i));

/** DynamoDB's limit for a batch (docs.aws.amazon.com/amazondynamodb/latest/APIReference). */
const DELETES_PER_WRITE = 25;

/**
 * Keeps a message until it is removed. Three write units for a small one: the item, and its places in the indexes of what is due
 * and of what is new; one more each for a subject and a parent.
 */
export async function keepDue({ dynamodb, tableName }: TaskTable, task: DueTask): Promise<void> {
  await dynamodb.send(new PutItemCommand({ TableName: tableName, Item: itemOf(task) }));
}

/** Keeps a message unless one waits under its id. */
export async function keepDueOnce(
  { dynamodb, tableName }: TaskTable,
  task: DueTask,
): Promise<void> {
  const put = new PutItemCommand({
    TableName: tableName,
    Item: itemOf(task),
    ConditionExpression: `attribute_not_exists(${TASK_TABLE.partitionKey})`,
  });
  await unlessRefused(dynamodb.send(put));
}

function itemOf({ definition, ...message }: DueTask): Stored {
  const kept = {
    ...keyOf(message.id),
    ...message,
    v: 1,
    dueShard: shardOfGroup(message.groupId),
    definition: definitionText(definition),
    ...placesOf(definition),
  };
  return marshall(kept, { removeUndefinedValues: true });
}

/**
 * Takes a message to publish it: from now on it cannot be moved. Resolves to whether it still waits for that time; one that
 * somebody has taken before and not removed can be taken again.
 */
export async function takeDue(
  { dynamodb, tableName }: TaskTable,
  { id, dueAt }: Pick<DueMessage, 'id' | 'dueAt'>,
): Promise<boolean> {
  const update = new UpdateItemCommand({
    TableName: tableName,
    Key: marshall(keyOf(id)),
    UpdateExpression: 'SET #taken = :taken',
    ConditionExpression: '#dueAt = :dueAt',
    ExpressionAttributeNames: { '#taken': 'taken', '#dueAt': 'dueAt' },
    ExpressionAttributeValues: marshall({ ':taken': true, ':dueAt': dueAt }),
  });
  return unlessRefused(dynamodb.send(update));
}

/** The task that waits under an id, whether it is due or not; undefined when none does. Consistent. Throws FormatError. */
export async function readDueTask(table: TaskTable, id: TaskId): Promise<DueTask | undefined> {
  const stored = await readStored(table, id);
  if (!stored) return undefined;
  const definition = waitingDefinitionFrom(stored);
  if (!definition.ok) throw definition.error;
  return { ...dueSchema.parse(unmarshall(stored)), definition: definition.value };
}

async function readStored(
  { dynamodb, tableName }: TaskTable,
  id: TaskId,
): Promise<Stored | undefined> {
  const { Item } = await dynamodb.send(
    new GetItemCommand({ TableName: tableName, Key: marshall(keyOf(id)), ConsistentRead: true }),
  );
  return Item;
}

/** Has a message wait for another time. Resolves to whether it still waited for the one it was read with, and nobody had taken it. */
export async function moveDue(
  { dynamodb, tableName }: TaskTable,
  before: Pick<DueMessage, 'dueAt'>,
  task: DueTask,
): Promise<boolean> {
  const put = new PutItemCommand({
    TableName: tableName,
    Item: itemOf(task),
    ConditionExpression: '#dueAt = :before AND attribute_not_exists(#taken)',
    ExpressionAttributeNames: { '#taken': 'taken', '#dueAt': 'dueAt' },
    ExpressionAttributeValues: marshall({ ':before': before.dueAt }),
  });
  return unlessRefused(dynamodb.send(put));
}

/** Whether the message still waits. Consistent. */
export async function isDueKept(table: TaskTable, id: TaskId): Promise<boolean> {
  return (await readStored(table, id)) !== undefined;
}

/** Up to a hundred messages of a shard that are due by then, the first due first. Throws ThrottledError. */
export async function readDue(
  table: TaskTable,
  shard: string,
  until: number,
  { clock = systemClock, onUnreadable }: ReadDueOptions = {},
): Promise<DueMessage[]> {
  let after: Stored | undefined;
  for (;;) {
    const { items, end } = await readDueItems(table, { shard, until, after }, clock);
    const found = items.flatMap((item) => {
      const { success, data } = dueSchema.safeParse(unmarshall(item));
      if (!success) onUnreadable?.(item[TASK_TABLE.partitionKey]?.S ?? '');
      return success ? [data] : [];
    });
    // What nobody can read does not keep what is behind it waiting.
    if (found.length > 0 || !end) return found.toSorted((a, b) => a.dueAt - b.dueAt);
    after = end;
  }
}

export interface ReadDueOptions {
  readonly clock?: Pick<Clock, 'sleep' | 'random'>;
  /** Told the key of each item of an unknown form, which stays where it is. */
  readonly onUnreadable?: (key: string) => void;
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
