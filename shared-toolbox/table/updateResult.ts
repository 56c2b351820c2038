import { ConditionalCheckFailedException, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { TaskId, TaskResultRecord } from '../contract/index.ts';
import { resultKey, TASK_TABLE } from './layout.ts';
import { recordMet, resultOrThrow } from './readResult.ts';
import type { TaskTable } from './taskTable.ts';
import { type Update, updateExpression } from './updateExpression.ts';

/** What a conditional write left: `after` when it was made; otherwise what stood in its way, if anything is there at all. */
export type ResultUpdate =
  | { readonly after: TaskResultRecord }
  | { readonly after?: undefined; readonly met: TaskResultRecord | undefined };

/** A conditional write on a result by the platform, which holds no fencing token. */
export async function updateResult(
  table: TaskTable,
  id: TaskId,
  update: Update,
): Promise<ResultUpdate> {
  try {
    const { Attributes } = await table.dynamodb.send(
      new UpdateItemCommand({
        TableName: table.tableName,
        Key: marshall({ [TASK_TABLE.partitionKey]: resultKey(id) }),
        ...updateExpression(update),
        ReturnValues: 'ALL_NEW',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      }),
    );
    return { after: resultOrThrow(Attributes) };
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    return { met: await recordMet(table, id, error) };
  }
}
