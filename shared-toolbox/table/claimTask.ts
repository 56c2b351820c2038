import {
  ConditionalCheckFailedException,
  GetItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { RECORD_VERSION, type TaskId, type TaskResultRecord } from '../contract/index.ts';
import { claimable } from './conditions.ts';
import { resultKey, TASK_TABLE } from './layout.ts';
import { resultFrom, type Stored } from './storedForm.ts';
import type { TaskTable } from './taskTable.ts';
import { updateExpression } from './updateExpression.ts';

/** An attempt was begun, or the task's present record says why not. */
export type Claim =
  | { readonly claimed: true; readonly record: TaskResultRecord }
  | { readonly claimed: false; readonly record: TaskResultRecord };

export interface ClaimRequest {
  readonly id: TaskId;
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
    // DynamoDB returns the losing write's current record; an emulator that does not is asked for it.
    const current = error.Item ?? (await readResult(table, request.id));
    return { claimed: false, record: resultOrThrow(current) };
  }
}

export function claimExpression({ id, holder, now }: ClaimRequest) {
  return updateExpression({
    set: { v: RECORD_VERSION, id, state: 'running', holder },
    setOnce: { startedAt: now },
    add: { attempt: 1, token: 1 },
    condition: claimable(),
  });
}

async function readResult(table: TaskTable, id: TaskId): Promise<Stored | undefined> {
  const { Item } = await table.dynamodb.send(
    new GetItemCommand({
      TableName: table.tableName,
      Key: marshall({ [TASK_TABLE.partitionKey]: resultKey(id) }),
      ConsistentRead: true,
    }),
  );
  return Item;
}

function resultOrThrow(stored: Stored = {}): TaskResultRecord {
  const parsed = resultFrom(stored);
  if (!parsed.ok) throw parsed.error;
  return parsed.value;
}
