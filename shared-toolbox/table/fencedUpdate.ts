import { ConditionalCheckFailedException, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { TaskId } from '../contract/index.ts';
import { heldWith } from './conditions.ts';
import { resultKey, TASK_TABLE } from './layout.ts';
import { recordMet } from './readResult.ts';
import type { TaskTable } from './taskTable.ts';
import { type Update, updateExpression } from './updateExpression.ts';

/** Who writes: the attempt that holds the task with this fencing token. */
export interface Held {
  readonly id: TaskId;
  readonly token: number;
}

/** Whether a write counted. `superseded`: somebody claimed the task since, and the write changed nothing. */
export type FencedWrite = 'written' | 'superseded';

/** Writes if the attempt still holds its task. A write whose answer was lost is known again when it is sent once more. */
export async function fencedUpdate(
  table: TaskTable,
  { id, token }: Held,
  update: Omit<Update, 'condition'>,
): Promise<FencedWrite> {
  try {
    await table.dynamodb.send(
      new UpdateItemCommand({
        TableName: table.tableName,
        Key: marshall({ [TASK_TABLE.partitionKey]: resultKey(id) }),
        ...updateExpression({ ...update, condition: heldWith(token) }),
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      }),
    );
    return 'written';
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    const met = await recordMet(table, id, error);
    // Nobody else writes under this token: what stands there is this very write.
    return met?.token === token && met.state === update.set['state'] ? 'written' : 'superseded';
  }
}
