import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { CLAIMABLE_STATES, RECORD_VERSION, type TaskId } from '../contract/index.ts';
import { TASK_TABLE } from './layout.ts';
import type { TaskTable } from './taskTable.ts';
import { unlessRefused } from './unlessRefused.ts';
import type { Condition } from './updateExpression.ts';
import { updateResult } from './updateResult.ts';

/** What has a rate limit: a task's name, or a worker's for all its tasks together. */
export function rateKey(limited: string): string {
  return `rate#${limited}`;
}

export interface TurnRequest {
  /** What has the limit. */
  readonly limited: string;
  /** Milliseconds between two starts. */
  readonly everyMs: number;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/**
 * The next free start of what has a rate limit, in milliseconds since 1970, which is nobody else's from now on. Starts are evenly
 * spread: the item holds the first moment that is still free. One write unit, two after a time without starts.
 */
export async function takeTurn(
  table: TaskTable,
  { limited, everyMs, now }: TurnRequest,
): Promise<number> {
  const ahead: FreeAtChange = {
    update: 'SET #freeAt = #freeAt + :everyMs',
    condition: '#freeAt >= :now',
    values: { ':everyMs': everyMs, ':now': now },
  };
  const atOnce: FreeAtChange = {
    update: 'SET #freeAt = :next',
    condition: 'attribute_not_exists(#freeAt) OR #freeAt < :now',
    values: { ':next': now + everyMs, ':now': now },
  };
  for (;;) {
    // Exactly one of the two holds; between them somebody else may change which.
    const freeAt =
      (await changeFreeAt(table, limited, ahead)) ?? (await changeFreeAt(table, limited, atOnce));
    if (freeAt !== undefined) return freeAt - everyMs;
  }
}

interface FreeAtChange {
  readonly update: string;
  readonly condition: string;
  readonly values: Readonly<Record<string, number>>;
}

/** The first moment that is free after the change; undefined when its condition does not hold. */
async function changeFreeAt(
  { dynamodb, tableName }: TaskTable,
  limited: string,
  { update, condition, values }: FreeAtChange,
): Promise<number | undefined> {
  const command = new UpdateItemCommand({
    TableName: tableName,
    Key: marshall({ [TASK_TABLE.partitionKey]: rateKey(limited) }),
    UpdateExpression: update,
    ConditionExpression: condition,
    ExpressionAttributeNames: { '#freeAt': 'freeAt' },
    ExpressionAttributeValues: marshall(values),
    ReturnValues: 'UPDATED_NEW',
  });
  let freeAt: number | undefined;
  const change = dynamodb.send(command).then(({ Attributes = {} }) => {
    freeAt = Number(unmarshall(Attributes)['freeAt']);
  });
  await unlessRefused(change);
  return freeAt;
}

/** An attempt may begin, as for a claim. */
const states = Object.fromEntries(CLAIMABLE_STATES.map((state) => [state, state]));
const MAY_BEGIN: Condition = {
  expression: `attribute_not_exists(#state) OR #state IN (${CLAIMABLE_STATES.map((state) => `:if_${state}`).join(', ')})`,
  names: ['state'],
  values: states,
};

/** Keeps the turn of a task that has to wait for it: the next claim uses it up. Resolves to whether an attempt may follow. */
export async function recordTurn(table: TaskTable, id: TaskId, turnAt: number): Promise<boolean> {
  const { after } = await updateResult(table, id, {
    set: { v: RECORD_VERSION, id, turnAt },
    setOnce: { state: 'queued', attempt: 0, token: 0, claim: '', holder: '' },
    condition: MAY_BEGIN,
  });
  return after !== undefined;
}
