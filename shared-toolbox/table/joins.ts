import {
  ConditionalCheckFailedException,
  PutItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { z } from 'zod';
import { systemClock } from '../clock.ts';
import { type FlowPath, scopesOf, type TaskId } from '../contract/index.ts';
import { joinKey, stopKey, TASK_TABLE } from './layout.ts';
import { readItems } from './readItems.ts';
import type { TaskTable } from './taskTable.ts';
import { unlessRefused } from './unlessRefused.ts';

/** A group of a flow. */
export interface Join {
  readonly flow: TaskId;
  readonly group: FlowPath;
}

/** Members of a shard: their set stays within one write unit, and the 1,000 writes a second of a key are shared by no more. */
const MEMBERS_PER_SHARD = 100;

/** Requests under way at the same time. */
const TOGETHER = 25;

/**
 * Notes what a group waits for, unless that is noted: one item for each hundred members, and one for those. All is written before a
 * member can end; noted again, it is as it was. One write unit an item.
 */
export async function createJoin(
  table: TaskTable,
  join: Join,
  { size, expiresAt }: { readonly size: number; readonly expiresAt: number },
): Promise<void> {
  const shards = Array.from({ length: Math.ceil(size / MEMBERS_PER_SHARD) }, (_, shard) => shard);
  for (let start = 0; start < shards.length; start += TOGETHER) {
    const some = shards.slice(start, start + TOGETHER);
    await Promise.all(
      some.map(async (shard) => {
        const first = shard * MEMBERS_PER_SHARD;
        const count = Math.min(MEMBERS_PER_SHARD, size - first);
        const left = Array.from({ length: count }, (_, i) => String(first + i));
        await putSet(table, joinKey(join.flow, join.group, String(shard)), { left, expiresAt });
      }),
    );
  }
  const left = shards.map(String);
  await putSet(table, joinKey(join.flow, join.group, ALL), { left, expiresAt });
}

/** Names the item that holds a group's shards. */
const ALL = 'all';

async function putSet(
  { dynamodb, tableName }: TaskTable,
  key: string,
  { left, expiresAt }: { readonly left: readonly string[]; readonly expiresAt: number },
): Promise<void> {
  const put = new PutItemCommand({
    TableName: tableName,
    Item: marshall({
      [TASK_TABLE.partitionKey]: key,
      left: new Set(left),
      [TASK_TABLE.timeToLive]: expiresAt,
    }),
    ConditionExpression: `attribute_not_exists(${TASK_TABLE.partitionKey})`,
  });
  await unlessRefused(dynamodb.send(put));
}

/**
 * Takes a member off those that the group waits for. Resolves to whether it waits for none any more. Done again, by whoever does not know
 * whether it was done, it changes nothing and answers the same. One write unit, and one more for the last of a shard.
 */
export async function removeMember(table: TaskTable, join: Join, index: number): Promise<boolean> {
  const shard = String(Math.floor(index / MEMBERS_PER_SHARD));
  const shardKey = joinKey(join.flow, join.group, shard);
  if (!(await removeFrom(table, shardKey, String(index)))) return false;
  return removeFrom(table, joinKey(join.flow, join.group, ALL), shard);
}

/** Resolves to whether the set is empty afterwards. DynamoDB has no empty sets: the attribute then goes. */
async function removeFrom(
  { dynamodb, tableName }: TaskTable,
  key: string,
  member: string,
): Promise<boolean> {
  const update = new UpdateItemCommand({
    TableName: tableName,
    Key: marshall({ [TASK_TABLE.partitionKey]: key }),
    UpdateExpression: 'DELETE #left :member',
    ConditionExpression: `attribute_exists(${TASK_TABLE.partitionKey})`,
    ExpressionAttributeNames: { '#left': 'left' },
    ExpressionAttributeValues: marshall({ ':member': new Set([member]) }),
    ReturnValues: 'ALL_NEW',
  });
  try {
    const { Attributes = {} } = await dynamodb.send(update);
    return Attributes['left'] === undefined;
  } catch (error) {
    // A group that was over so long ago that it is forgotten waits for nobody.
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}

const stopSchema = z.object({
  by: z.string(),
  at: z.int(),
  /** Why a step could not be published. */
  error: z.object({ name: z.string(), message: z.string() }).optional(),
});

/** Why a part of a flow begins nothing any more. */
export type Stop = z.output<typeof stopSchema>;

/** Has no task of a scope begin from now on. The first word counts. */
export async function putStop(
  { dynamodb, tableName }: TaskTable,
  { flow, scope }: { readonly flow: TaskId; readonly scope: FlowPath },
  { expiresAt, ...stop }: Stop & { readonly expiresAt: number },
): Promise<void> {
  const put = new PutItemCommand({
    TableName: tableName,
    Item: marshall(
      {
        [TASK_TABLE.partitionKey]: stopKey(flow, scope),
        ...stop,
        [TASK_TABLE.timeToLive]: expiresAt,
      },
      { removeUndefinedValues: true },
    ),
    ConditionExpression: `attribute_not_exists(${TASK_TABLE.partitionKey})`,
  });
  await unlessRefused(dynamodb.send(put));
}

/** Whether a node of a flow is to begin no more, by a word on one of the scopes that it is in, and why. One read unit. Consistent. */
export async function readStop(
  table: TaskTable,
  { id, node }: { readonly id: TaskId; readonly node: FlowPath },
  scopes: readonly FlowPath[] = scopesOf(node),
): Promise<Stop | undefined> {
  const keys = scopes.map((scope) => stopKey(id, scope));
  const [first] = await readItems(table, keys, systemClock);
  return first && stopSchema.parse(unmarshall(first));
}
