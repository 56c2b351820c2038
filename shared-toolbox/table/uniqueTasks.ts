import { createHash } from 'node:crypto';
import { DeleteItemCommand, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { z } from 'zod';
import type { TaskId } from '../contract/index.ts';
import { taskId } from '../contract/taskFields.ts';
import { epochSeconds } from './expiry.ts';
import { TASK_TABLE } from './layout.ts';
import type { TaskTable } from './taskTable.ts';
import { unlessRefused } from './unlessRefused.ts';

const schema = z.object({ id: taskId, at: z.int().nonnegative() });

/** The task that holds a key, and since when in milliseconds since 1970. */
export type UniqueHolder = z.output<typeof schema>;

export interface UniqueClaim {
  /** Name of the task, and its key. */
  readonly task: string;
  readonly key: string;
  readonly id: TaskId;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Milliseconds after which nobody asks for the holder any more. */
  readonly keptMs: number;
}

/** Takes a key that nobody holds, or this holder. Resolves to whether it was so. One write unit. */
export async function takeUnique(
  { dynamodb, tableName }: TaskTable,
  { task, key, id, now, keptMs }: UniqueClaim,
  from?: UniqueHolder,
): Promise<boolean> {
  const put = new PutItemCommand({
    TableName: tableName,
    Item: marshall({
      ...keyOf(task, key),
      id,
      at: now,
      [TASK_TABLE.timeToLive]: epochSeconds(now + keptMs),
    }),
    ...(from
      ? heldBy(from.id)
      : { ConditionExpression: `attribute_not_exists(${TASK_TABLE.partitionKey})` }),
  });
  return unlessRefused(dynamodb.send(put));
}

/** Who holds the key; undefined for nobody. Consistent. */
export async function readUnique(
  { dynamodb, tableName }: TaskTable,
  { task, key }: Pick<UniqueClaim, 'task' | 'key'>,
): Promise<UniqueHolder | undefined> {
  const get = new GetItemCommand({
    TableName: tableName,
    Key: marshall(keyOf(task, key)),
    ConsistentRead: true,
  });
  const { Item } = await dynamodb.send(get);
  return Item && schema.parse(unmarshall(Item));
}

/** Gives a key back, if this task holds it. */
export async function giveUniqueBack(
  { dynamodb, tableName }: TaskTable,
  { task, key, id }: Pick<UniqueClaim, 'task' | 'key' | 'id'>,
): Promise<void> {
  const remove = new DeleteItemCommand({
    TableName: tableName,
    Key: marshall(keyOf(task, key)),
    ...heldBy(id),
  });
  await unlessRefused(dynamodb.send(remove));
}

function heldBy(id: TaskId) {
  return {
    ConditionExpression: '#id = :holder',
    ExpressionAttributeNames: { '#id': 'id' },
    ExpressionAttributeValues: marshall({ ':holder': id }),
  };
}

/** A key may hold what is nobody's business, and be long: only its hash is kept. */
function keyOf(task: string, key: string) {
  const hash = createHash('sha256').update(key).digest('hex');
  return { [TASK_TABLE.partitionKey]: `unique#${task}#${hash}` };
}
