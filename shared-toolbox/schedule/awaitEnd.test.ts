import { BatchGetItemCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, expect, it } from 'vitest';
import type { TaskId } from '../contract/index.ts';
import { type ManualClock, manualClock } from '../testing/manualClock.ts';
import { awaitEnd } from './awaitEnd.ts';

const dynamodb = mockClient(DynamoDBClient);
const table = { dynamodb: new DynamoDBClient({ region: 'us-east-1' }), tableName: 'tasks' };
const id: TaskId = `notes_${'0'.repeat(32)}`;
const away = Object.assign(new Error('away'), { $metadata: { httpStatusCode: 503 } });
const ended = marshall({
  pk: `result#${id}`,
  v: 1,
  id,
  state: 'succeeded',
  attempt: 1,
  token: 1,
  claim: 'c',
  holder: 'h',
});

let clock: ManualClock;
beforeEach(() => {
  clock = manualClock();
  dynamodb.reset();
});

const wait = async (patienceMs?: number) =>
  awaitEnd({
    table,
    clock,
    id,
    timeoutMs: 60_000,
    ...(patienceMs !== undefined && { patienceMs }),
  });

it('bears a table that does not answer for a while', async () => {
  dynamodb
    .on(BatchGetItemCommand)
    .rejectsOnce(away)
    .rejectsOnce(away)
    .resolves({ Responses: { tasks: [ended] } });
  expect(await wait(1_000)).toMatchObject({ id, state: 'succeeded' });
});

it('gives up when the table does not answer for longer', async () => {
  dynamodb.on(BatchGetItemCommand).rejects(away);
  await expect(wait(5_000)).rejects.toBe(away);
  expect(clock.monotonic()).toBeGreaterThanOrEqual(5_000);
});

it('gives up at once without patience, and for what waiting does not mend', async () => {
  dynamodb.on(BatchGetItemCommand).rejects(away);
  await expect(wait()).rejects.toBe(away);
  const denied = Object.assign(new Error('denied'), { $metadata: { httpStatusCode: 400 } });
  dynamodb.on(BatchGetItemCommand).rejects(denied);
  await expect(wait(5_000)).rejects.toBe(denied);
  expect(clock.slept).toEqual([]);
});
