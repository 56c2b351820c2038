import { ConditionalCheckFailedException, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { RECORD_VERSION, type TaskId, type TaskResultRecord } from '../contract/index.ts';
import { claimableFor } from './conditions.ts';
import { resultKey, TASK_TABLE } from './layout.ts';
import { recordMet, resultOrThrow } from './readResult.ts';
import type { TaskTable } from './taskTable.ts';
import { updateExpression } from './updateExpression.ts';

/** An attempt was begun, or the task's present record says why not. */
export interface Claim {
  readonly claimed: boolean;
  readonly record: TaskResultRecord;
}

export interface ClaimRequest {
  readonly id: TaskId;
  /** Random text, another for each claim: a claim whose answer was lost is known again when it is sent once more. */
  readonly nonce: string;
  /** Names the worker process, for people. */
  readonly holder: string;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/**
 * Begins an attempt: one conditional write that counts it and takes the next fencing token. Whoever held the task before
 * can write no more. Refused in a final state. One write unit.
 */
export async function claimTask(table: TaskTable, request: ClaimRequest): Promise<Claim> {
  try {
    const { Attributes } = await table.dynamodb.send(
      new UpdateItemCommand({
        TableName: table.tableName,
        Key: marshall({ [TASK_TABLE.partitionKey]: resultKey(request.id) }),
        ...claimExpression(request),
        ReturnValues: 'ALL_NEW',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      }),
    );
    return { claimed: true, record: resultOrThrow(Attributes) };
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    const record = await recordMet(table, request.id, error);
    if (!record) throw error;
    return { claimed: record.claim === request.nonce, record };
  }
}

function claimExpression({ id, nonce, holder, now }: ClaimRequest) {
  return updateExpression({
    set: { v: RECORD_VERSION, id, state: 'running', claim: nonce, holder },
    setOnce: { startedAt: now },
    add: { attempt: 1, token: 1 },
    condition: claimableFor(nonce),
  });
}
