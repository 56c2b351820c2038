import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { TaskId, TaskResultRecord } from '../contract/index.ts';
import { resultKey, TASK_TABLE } from './layout.ts';
import { resultFrom, type Stored } from './storedForm.ts';
import type { TaskTable } from './taskTable.ts';

/**
 * The record that a losing write met; undefined when there is none. DynamoDB returns it with the refusal; an emulator that does not is asked for it.
 * Throws FormatError for a record of an unknown form.
 */
export async function recordMet(
  table: TaskTable,
  id: TaskId,
  refusal: { readonly Item?: Stored | undefined },
): Promise<TaskResultRecord | undefined> {
  const stored = refusal.Item ?? (await readStored(table, id));
  return stored && resultOrThrow(stored);
}

/** What became of a task so far; undefined when nobody has written anything. Consistent. Throws FormatError. */
export async function readResult(
  table: TaskTable,
  id: TaskId,
): Promise<TaskResultRecord | undefined> {
  return recordMet(table, id, {});
}

export function resultOrThrow(stored: Stored = {}): TaskResultRecord {
  const parsed = resultFrom(stored);
  if (!parsed.ok) throw parsed.error;
  return parsed.value;
}

async function readStored(
  { dynamodb, tableName }: TaskTable,
  id: TaskId,
): Promise<Stored | undefined> {
  const Key = marshall({ [TASK_TABLE.partitionKey]: resultKey(id) });
  const { Item } = await dynamodb.send(
    new GetItemCommand({ TableName: tableName, Key, ConsistentRead: true }),
  );
  return Item;
}
