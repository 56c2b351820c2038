import type { DynamoDBClient, UpdateItemCommandInput } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { manualClock } from '../testing/manualClock.ts';
import { memoryLog } from '../testing/memoryLog.ts';
import { Statistics } from './statistics.ts';

/** Statistics of a table that keeps what it is sent, or refuses it. */
function counting() {
  const sent: UpdateItemCommandInput[] = [];
  const fault: { error: Error | undefined } = { error: undefined };
  const dynamodb = {
    send: async ({ input }: { input: UpdateItemCommandInput }) => {
      if (fault.error) throw fault.error;
      sent.push(input);
    },
  } as unknown as DynamoDBClient;
  const memory = memoryLog();
  const clock = { ...manualClock(), randomBytes: () => Uint8Array.of(7) };
  const table = { dynamodb, tableName: 't' };
  const statistics = new Statistics({ table, writer: 'thumbnails', clock, log: memory.log });
  const keys = () => sent.map(({ Key }) => Key?.['pk']?.S);
  return { statistics, sent, fault, keys, of: (event: string) => memory.of(event) };
}

describe('statistics', () => {
  it('add to an item of the minute and one of the hour, and say when these may go', async () => {
    const { statistics, sent, keys } = counting();
    statistics.count('thumbnails.create', 'succeeded');
    statistics.count('thumbnails.create', 'succeeded');
    statistics.time('thumbnails.create', 'run', 230);
    await statistics.flush();
    expect(keys()).toEqual([
      'stats#thumbnails#2023-11-14T22:13#3',
      'stats#thumbnails#2023-11-14T22#3',
    ]);
    expect(sent[0]).toMatchObject({
      UpdateExpression: 'SET #ttl = :ttl ADD #c0 :c0,#c1 :c1',
      ExpressionAttributeNames: { '#c0': 'create#succeeded', '#c1': 'create#run500' },
      ExpressionAttributeValues: { ':c0': { N: '2' }, ':c1': { N: '1' } },
    });
    const expiries = sent.map(({ ExpressionAttributeValues: values }) =>
      Number(values?.[':ttl']?.N),
    );
    const days = [8, 90].map((kept) => kept * 86_400);
    expect(expiries).toEqual([1_700_000_040 + days[0]!, 1_700_002_800 + days[1]!]);
  });

  it('write nothing when nothing was counted', async () => {
    const { statistics, sent } = counting();
    await statistics.flush();
    await statistics.stop();
    expect(sent).toEqual([]);
  });

  it('say once that they cannot be written, lose nothing, and never reject', async () => {
    const { statistics, sent, fault, of } = counting();
    fault.error = new Error('no rights');
    statistics.count('thumbnails.create', 'failed');
    await statistics.flush();
    await statistics.flush();
    expect(of('statistics.failed')).toMatchObject([{ level: 'warn', error: 'Error: no rights' }]);
    fault.error = undefined;
    await statistics.stop();
    expect(sent).toHaveLength(2);
    fault.error = new Error('no rights');
    statistics.count('thumbnails.create', 'failed');
    await statistics.stop();
    expect(of('statistics.failed')).toHaveLength(2);
  });
});
