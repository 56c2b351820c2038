import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { systemClock } from '@taskfleet/toolbox/clock';
import { createLog } from '@taskfleet/toolbox/log';
import { mockClient } from 'aws-sdk-client-mock';
import { afterEach, expect, it } from 'vitest';
import { guardPlatformTable } from './guardPlatformTable.ts';

const mock = mockClient(DynamoDBClient);
const dynamodb = new DynamoDBClient({ region: 'us-east-1' });
const log = createLog({ level: 'error', destination: { write: () => undefined } });
const guarded = guardPlatformTable({
  table: { dynamodb, tableName: 'tasks' },
  clock: systemClock,
  log,
});
afterEach(() => guarded.breaker.close());

const read = async () =>
  guarded.table.dynamodb.send(new GetItemCommand({ TableName: 'tasks', Key: { pk: { S: 'k' } } }));

it('lets the platform pause at the first failure, however much succeeded shortly before', async () => {
  mock.on(GetItemCommand).resolves({});
  for (let i = 0; i < 50; i += 1) await read();
  expect(guarded.breaker.whenAvailable()).toBeUndefined();
  mock.on(GetItemCommand).rejects(new Error('no connection'));
  await expect(read()).rejects.toThrow('no connection');
  expect(guarded.breaker.availability()).toMatchObject({ available: false });
  await expect(read()).rejects.toMatchObject({ code: 'breaker_open' });
});
