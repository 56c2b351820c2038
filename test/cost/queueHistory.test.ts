import type { DynamoDBClient, PutItemCommandInput } from '@aws-sdk/client-dynamodb';
import { putDepths } from '@taskfleet/toolbox/table';
import { expect, it } from 'vitest';
import { unitsOfDepths } from '../../platform/cost/queueHistoryLines.ts';
import { itemBytes } from '../bench/itemBytes.ts';

it.each([1, 5, 20, 22, 60])(
  'the estimate holds what is kept of the queues of %d workers that are behind',
  async (workers) => {
    const puts: PutItemCommandInput[] = [];
    const dynamodb = {
      send: async ({ input }: { input: PutItemCommandInput }) => void puts.push(input),
    } as unknown as DynamoDBClient;
    const depth = {
      visible: 123_456,
      inFlight: 1_234,
      delayed: 0,
      deadLetters: 123,
      oldestMs: 54_321_000,
    };
    const names = Array.from({ length: workers + 1 }, (_, i) => `a-worker-with-long-name${i}`);
    const depths = new Map(names.map((name) => [name, depth]));
    const table = { dynamodb, tableName: 't' };
    await putDepths(table, { period: '2026-11-21T12:21', depths, expiresAt: 1_795_000_000_000 });
    const bytes = itemBytes(puts[0]?.Item ?? {});
    const fleet = { workers: names.slice(1) } as unknown as Parameters<typeof unitsOfDepths>[0];
    expect(Math.ceil(bytes / 1_024)).toBeLessThanOrEqual(unitsOfDepths(fleet));
  },
);
