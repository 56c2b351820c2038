import { DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { UnavailableError } from '../contract/index.ts';
import { manualClock } from '../testing/manualClock.ts';
import { type Asked, Delivery } from './delivery.ts';
import { Patience } from './patience.ts';

const dynamodb = mockClient(DynamoDBClient);
const clock = manualClock();

let isAway: boolean;
let published: string[];
let kept: Set<string>;
let delivery: Delivery;
/** What becomes of the next write: refused, or done without an answer. */
let fault: 'refused' | 'unanswered' | undefined;

beforeEach(() => {
  [isAway, published, kept] = [true, [], new Set()];
  fault = undefined;
  dynamodb.reset();
  dynamodb.on(PutItemCommand).callsFake(({ Item }: { Item: { id: { S: string } } }) => {
    const now = fault;
    fault = undefined;
    if (now === 'refused') throw new Error('throttled');
    kept.add(Item.id.S);
    if (now === 'unanswered') throw new Error('the answer was lost');
    return {};
  });
  dynamodb.on(GetItemCommand).callsFake(({ Key }: { Key: { pk: { S: string } } }) => {
    const id = Key.pk.S.replace('due#', '');
    return kept.has(id) ? { Item: { id: { S: id } } } : {};
  });
  const topic = {
    call: async (entries: readonly Asked[]) => {
      if (isAway) throw Object.assign(new Error('away'), { $metadata: { httpStatusCode: 503 } });
      published.push(...entries.map(({ id }) => id));
      return entries.map(() => ({ ok: true as const, value: undefined }));
    },
    availability: () => ({ available: true as const }),
  };
  delivery = new Delivery({
    topic: topic as unknown as ConstructorParameters<typeof Delivery>[0]['topic'],
    table: { dynamodb: new DynamoDBClient({ region: 'us-east-1' }), tableName: 'tasks' },
    patience: new Patience(clock, 5_000),
    clock,
  });
});

const asked = (n: number, isDurable: boolean): Asked => ({
  id: `notes_${n}`,
  body: '{}',
  groupId: 'notes:a',
  definition: {
    v: 1,
    id: `notes_${n}`,
    root: `notes_${n}`,
    task: 'notes.add',
    worker: 'notes',
    input: n,
    createdAt: 1,
  },
  isDurable,
  askedAt: clock.monotonic(),
});

describe('a group of which messages wait in the table', () => {
  it('goes on waiting when a later one could not be kept', async () => {
    await delivery.send([asked(1, true)]);
    fault = 'refused';
    const [refused] = await delivery.send([asked(2, true)]);
    expect(refused).toMatchObject({ ok: false, error: expect.any(UnavailableError) });
    isAway = false;
    // The first is still there: nothing may overtake it.
    expect(await delivery.send([asked(3, false)])).toMatchObject([{ ok: true }]);
    expect([published, [...kept]]).toEqual([[], ['notes_1', 'notes_3']]);
    kept.clear();
    await delivery.send([asked(4, false)]);
    expect(published).toEqual(['notes_4']);
  });

  it('waits for one of which nobody knows whether it was kept', async () => {
    fault = 'unanswered';
    expect(await delivery.send([asked(1, true)])).toMatchObject([{ ok: false }]);
    isAway = false;
    await delivery.send([asked(2, false)]);
    expect([published, [...kept]]).toEqual([[], ['notes_1', 'notes_2']]);
  });

  it('is published again once the last has left the table', async () => {
    await delivery.send([asked(1, true), asked(2, true)]);
    isAway = false;
    kept.delete('notes_1');
    await delivery.send([asked(3, false)]);
    expect(published).toEqual([]);
    kept.clear();
    await delivery.send([asked(4, false)]);
    expect(published).toEqual(['notes_4']);
  });

  it('waits while the table does not say whether it still does', async () => {
    await delivery.send([asked(1, true)]);
    isAway = false;
    dynamodb.on(GetItemCommand).rejects(new Error('throttled'));
    await delivery.send([asked(2, false)]);
    expect(published).toEqual([]);
  });

  it('keeps the priority of what it keeps', async () => {
    await delivery.send([{ ...asked(1, true), priority: 'high' }]);
    const [put] = dynamodb.commandCalls(PutItemCommand);
    expect(put?.args[0].input.Item).toMatchObject({ priority: { S: 'high' } });
  });
});
