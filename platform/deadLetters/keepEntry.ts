import { GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type { TaskId } from '@taskfleet/toolbox/contract';
import { shardOf, TASK_TABLE, type TaskTable } from '@taskfleet/toolbox/table';
import { entryKey, type LetterEntry, parseEntry } from './entry.ts';

/** A letter may wait 14 days in the service's queue before it is watched, and 14 more under its own group. */
const KEPT_SECONDS = 30 * 86_400;

/** Milliseconds since 1970 when a letter that died then is forgotten: SQS has dropped it by that time. */
export function forgottenAt(diedAt: number): number {
  return diedAt + KEPT_SECONDS * 1_000;
}

/** Keeps a letter under its id, in the index of what ended badly. Whatever was kept of an earlier one is replaced. */
export async function keepEntry(
  { dynamodb, tableName }: TaskTable,
  entry: LetterEntry,
): Promise<void> {
  const stored = {
    ...entry,
    [TASK_TABLE.partitionKey]: entryKey(entry.id),
    [TASK_TABLE.timeToLive]: Math.ceil(forgottenAt(entry.diedAt) / 1_000),
    failedShard: shardOf(entry.id),
    failedAt: entry.diedAt,
  };
  const Item = marshall(stored, { removeUndefinedValues: true });
  await dynamodb.send(new PutItemCommand({ TableName: tableName, Item }));
}

export async function readEntry(
  { dynamodb, tableName }: TaskTable,
  id: TaskId,
): Promise<LetterEntry | undefined> {
  const Key = marshall({ [TASK_TABLE.partitionKey]: entryKey(id) });
  const { Item } = await dynamodb.send(
    new GetItemCommand({ TableName: tableName, Key, ConsistentRead: true }),
  );
  return Item && parseEntry(unmarshall(Item));
}
