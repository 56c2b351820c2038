import { BatchWriteItemCommand, PutItemCommand, type WriteRequest } from '@aws-sdk/client-dynamodb';
import type { TaskDefinitionRecord } from '../contract/index.ts';
import { TASK_TABLE } from './layout.ts';
import { storedDefinition } from './storedForm.ts';
import type { TaskTable } from './taskTable.ts';
import { unlessRefused } from './unlessRefused.ts';

/** DynamoDB's limit (docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchWriteItem.html). */
export const DEFINITIONS_PER_WRITE = 25;

export interface DefinitionToKeep {
  readonly definition: TaskDefinitionRecord;
  readonly retentionMs: number;
}

/**
 * Keeps up to 25 definitions. Writing one again changes nothing, so a redelivered message does no harm. Resolves to
 * whether each was kept, in order; one that DynamoDB had no capacity for was not.
 */
export async function putDefinitions(
  { dynamodb, tableName }: TaskTable,
  definitions: readonly DefinitionToKeep[],
): Promise<boolean[]> {
  const requests: WriteRequest[] = definitions.map(({ definition, retentionMs }) => ({
    PutRequest: { Item: storedDefinition(definition, retentionMs) },
  }));
  const { UnprocessedItems } = await dynamodb.send(
    new BatchWriteItemCommand({ RequestItems: { [tableName]: requests } }),
  );
  const refused = new Set(UnprocessedItems?.[tableName]?.map(keyOf));
  return requests.map((request) => !refused.has(keyOf(request)));
}

/** Keeps a definition unless there is one. Resolves to whether there was none. */
export async function putDefinitionOnce(
  { dynamodb, tableName }: TaskTable,
  { definition, retentionMs }: DefinitionToKeep,
): Promise<boolean> {
  const put = new PutItemCommand({
    TableName: tableName,
    Item: storedDefinition(definition, retentionMs),
    ConditionExpression: `attribute_not_exists(${TASK_TABLE.partitionKey})`,
  });
  return unlessRefused(dynamodb.send(put));
}

function keyOf({ PutRequest }: WriteRequest): string | undefined {
  return PutRequest?.Item?.[TASK_TABLE.partitionKey]?.S;
}
