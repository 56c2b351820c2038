import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  ConditionalCheckFailedException,
  DynamoDBClient,
  GetItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { afterEach, describe, expect, it } from 'vitest';
import { FormatError, RECORD_VERSION, type TaskId, ThrottledError } from '../contract/index.ts';
import { manualClock } from '../testing/manualClock.ts';
import { claimTask, putDefinitions, readTasks, recordSucceeded } from './index.ts';

const dynamodb = mockClient(DynamoDBClient);
const table = { dynamodb: new DynamoDBClient({ region: 'us-east-1' }), tableName: 'tasks' };
afterEach(() => dynamodb.reset());

const ids = ['0', '1', '2'].map((digit): TaskId => `notes_${digit.repeat(32)}`);

function definition(id: TaskId) {
  const more = { task: 'notes.add', worker: 'notes', input: null, createdAt: 1 };
  return { definition: { v: RECORD_VERSION, id, root: id, ...more } as const, retentionMs: 1 };
}

const result = {
  v: RECORD_VERSION,
  id: ids[0],
  state: 'succeeded',
  attempt: 1,
  token: 1,
  claim: 'first',
  holder: 'host/1',
  startedAt: 1,
};
const claiming = { id: ids[0]!, nonce: 'second', holder: 'host/1', now: 1, maxAttempts: 3 };
const throttled = Object.assign(new Error('slow down'), { name: 'ThrottlingException' });
const lost = (Item: Record<string, unknown>) =>
  new ConditionalCheckFailedException({
    message: 'The conditional request failed',
    $metadata: {},
    Item: marshall(Item),
  });

describe('the table with faults', () => {
  it('tells which definitions it had no capacity for', async () => {
    dynamodb.on(BatchWriteItemCommand).resolves({
      UnprocessedItems: { tasks: [{ PutRequest: { Item: { pk: { S: `task#${ids[1]}` } } } }] },
    });
    expect(await putDefinitions(table, ids.map(definition))).toEqual([true, false, true]);
  });

  it('reads again what a read left out', async () => {
    const left = [{ pk: { S: `result#${ids[1]}` } }];
    dynamodb
      .on(BatchGetItemCommand)
      .resolvesOnce({ UnprocessedKeys: { tasks: { Keys: left } } })
      .resolves({
        Responses: { tasks: [marshall({ ...result, id: ids[1], pk: `result#${ids[1]}` })] },
      });
    const [first, second] = await readTasks(table, ids.slice(0, 2));
    expect([first, second?.state]).toEqual([undefined, 'succeeded']);
    const [, again] = dynamodb.commandCalls(BatchGetItemCommand);
    expect(again?.args[0].input.RequestItems?.['tasks']?.Keys).toEqual(left);
  });

  it('asks again after pauses that grow, and begins anew when an answer brings something', async () => {
    const clock = manualClock();
    const keys = ids.flatMap((id) => [{ pk: { S: `task#${id}` } }, { pk: { S: `result#${id}` } }]);
    const leaving = (left: typeof keys) => ({ UnprocessedKeys: { tasks: { Keys: left } } });
    const inVain = leaving(keys);
    dynamodb
      .on(BatchGetItemCommand)
      .resolvesOnce(inVain)
      .resolvesOnce(inVain)
      .resolvesOnce(inVain)
      .resolvesOnce(leaving(keys.slice(0, 4)))
      .resolvesOnce(leaving(keys.slice(0, 4)))
      .resolves({});
    await readTasks(table, ids, { clock });
    // Each is between half of its length and the whole, by chance: the clock's is a half.
    expect(clock.slept).toEqual([100, 200, 400, 50, 100].map((ms) => ms * 0.75));
  });

  it('gives a read up that brings nothing for long, and says why', async () => {
    const clock = manualClock();
    const left = [{ pk: { S: `task#${ids[0]}` } }, { pk: { S: `result#${ids[0]}` } }];
    dynamodb.on(BatchGetItemCommand).resolves({ UnprocessedKeys: { tasks: { Keys: left } } });
    const reading = readTasks(table, ids.slice(0, 1), { clock });
    await expect(reading).rejects.toThrow(ThrottledError);
    await expect(reading).rejects.toThrow('the table has no capacity: 2 keys are not read');
    expect(dynamodb.commandCalls(BatchGetItemCommand)).toHaveLength(8);
    expect(Math.max(...clock.slept)).toBeLessThanOrEqual(2_000);
  });

  it('takes the record of a refused claim from the answer', async () => {
    dynamodb.on(UpdateItemCommand).rejects(lost(result));
    const claim = await claimTask(table, claiming);
    expect(claim).toMatchObject({ kind: 'ended', record: { state: 'succeeded' } });
    expect(dynamodb.commandCalls(GetItemCommand)).toEqual([]);
  });

  it('knows its own claim again when the answer to it was lost', async () => {
    dynamodb.on(UpdateItemCommand).rejects(lost({ ...result, state: 'running', claim: 'second' }));
    expect(await claimTask(table, claiming)).toMatchObject({
      kind: 'claimed',
      record: { token: 1 },
    });
  });

  it.each([
    ['its own write again when the answer to it was lost', { state: 'succeeded' }, 'written'],
    ['the write of a later holder', { state: 'succeeded', token: 2 }, 'superseded'],
    ['another end under its own token', { state: 'failed' }, 'superseded'],
  ])('knows %s', async (_what, met, outcome) => {
    dynamodb.on(UpdateItemCommand).rejects(lost({ ...result, ...met }));
    const held = { id: ids[0]!, token: 1 };
    const ended = { now: 1, createdAt: 1, retentionMs: 1, output: null };
    expect(await recordSucceeded(table, held, ended)).toBe(outcome);
  });

  it('does not take a failure for a refusal', async () => {
    dynamodb.on(UpdateItemCommand).rejects(throttled);
    const claim = claimTask(table, claiming);
    await expect(claim).rejects.toBe(throttled);
    const held = { id: ids[0]!, token: 1 };
    const write = recordSucceeded(table, held, {
      now: 1,
      createdAt: 1,
      retentionMs: 1,
      output: null,
    });
    await expect(write).rejects.toBe(throttled);
  });

  it('refuses a record of a version that it does not know', async () => {
    const stored = marshall({ ...result, v: 2, pk: `result#${ids[0]}` });
    dynamodb.on(BatchGetItemCommand).resolves({ Responses: { tasks: [stored] } });
    await expect(readTasks(table, ids)).rejects.toBeInstanceOf(FormatError);
  });
});
