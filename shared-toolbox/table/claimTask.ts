import { ConditionalCheckFailedException, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import {
  isTerminal,
  RECORD_VERSION,
  type TaskId,
  type TaskResultRecord,
} from '../contract/index.ts';
import { claimableFor } from './conditions.ts';
import { resultKey, TASK_TABLE } from './layout.ts';
import { recordMet, resultOrThrow } from './readResult.ts';
import type { TaskTable } from './taskTable.ts';
import { updateExpression } from './updateExpression.ts';

/**
 * What a claim met. `claimed`: an attempt has begun; `ended`: the task is in a final state; `cancelled`: somebody has asked
 * for its end, which is the claimer's to record; `exhausted`: all its attempts were begun, and the last never said how it
 * ended. Only the first has changed the record.
 */
export interface Claim {
  readonly kind: 'claimed' | 'ended' | 'cancelled' | 'exhausted';
  readonly record: TaskResultRecord;
}

export interface ClaimRequest {
  readonly id: TaskId;
  /** Random text, another for each claim: a claim whose answer was lost is known again when it is sent once more. */
  readonly nonce: string;
  /** Names the worker process, for people. */
  readonly holder: string;
  /** Attempts that the task's policy allows. */
  readonly maxAttempts: number;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/**
 * Begins an attempt: one conditional write that counts it and takes the next fencing token. Whoever held the task before
 * can write no more. Refused in a final state, after a cancel request, and when all attempts were used. One write unit.
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
    return { kind: 'claimed', record: resultOrThrow(Attributes) };
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    const record = await recordMet(table, request.id, error);
    if (!record) throw error;
    return { kind: refusalOf(record, request), record };
  }
}

function refusalOf(record: TaskResultRecord, { nonce }: ClaimRequest): Claim['kind'] {
  if (record.claim === nonce) return 'claimed';
  if (isTerminal(record.state)) return 'ended';
  return record.cancel ? 'cancelled' : 'exhausted';
}

function claimExpression({ id, nonce, holder, now, maxAttempts }: ClaimRequest) {
  return updateExpression({
    set: { v: RECORD_VERSION, id, state: 'running', claim: nonce, holder },
    setOnce: { startedAt: now },
    add: { attempt: 1, token: 1 },
    remove: ['turnAt'],
    condition: claimableFor(nonce, maxAttempts),
  });
}
