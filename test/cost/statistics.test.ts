import type { DynamoDBClient, UpdateItemCommandInput } from '@aws-sdk/client-dynamodb';
import { Statistics } from '@taskfleet/toolbox/statistics';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { unitsOfWrite, writesAMonth } from '../../platform/cost/statisticsLines.ts';
import { itemBytes } from '../bench/itemBytes.ts';
import { seededRandom } from '../chaos/seededRandom.ts';
import { quiet } from '../fixtures/startParts.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

/** A process that counts, and what it writes. */
function counting() {
  const writes: UpdateItemCommandInput[] = [];
  const dynamodb = {
    send: async ({ input }: { input: UpdateItemCommandInput }) => void writes.push(input),
  } as unknown as DynamoDBClient;
  const clock = { now: () => Date.now(), randomBytes: () => Uint8Array.of(0) };
  const table = { dynamodb, tableName: 't' };
  const statistics = new Statistics({ table, writer: 'thumbnails', clock, log: quiet });
  return { statistics, writes };
}

const TASKS = 10_000;
const MONTH_SECONDS = 730 * 3_600;

describe('the estimate of what statistics cost', () => {
  it.each([10, 1, 0.1, 0.01])(
    'is what a process writes that counts %d tasks a second, which come when they like',
    async (tasksPerSecond) => {
      const { statistics, writes } = counting();
      const random = seededRandom(tasksPerSecond);
      const seconds = TASKS / tasksPerSecond;
      for (let at = 0; at < seconds;) {
        const pauseSeconds = -Math.log(1 - random.next()) / tasksPerSecond;
        at += pauseSeconds;
        await vi.advanceTimersByTimeAsync(pauseSeconds * 1_000);
        statistics.count('thumbnails.create', 'succeeded');
      }
      await statistics.stop();
      const estimated = (writesAMonth(tasksPerSecond) / MONTH_SECONDS) * seconds;
      expect(writes.length / estimated).toBeGreaterThan(0.85);
      expect(writes.length / estimated).toBeLessThan(1.05);
    },
    60_000,
  );

  it.each([1, 2, 3, 10])(
    'holds the item of %d tasks whose times vary a thousandfold',
    async (n) => {
      const { statistics, writes } = counting();
      for (let i = 0; i < n; i += 1) {
        const task = `thumbnails.create${i}`;
        for (const counter of ['succeeded', 'failed', 'retried'] as const) {
          statistics.count(task, counter);
        }
        for (let ms = 50; ms <= 50_000; ms *= 1.5) {
          for (let times = 0; times < 999; times += 1) {
            statistics.time(task, 'run', ms);
            statistics.time(task, 'wait', ms);
          }
        }
      }
      await statistics.flush();
      const [minute] = writes;
      const { ExpressionAttributeNames: names = {}, ExpressionAttributeValues: values = {} } =
        minute!;
      const stored = Object.entries(names).map(([place, name]) => [
        name,
        values[place.replace('#', ':')]!,
      ]);
      const bytes = itemBytes({ ...Object.fromEntries(stored), ...minute!.Key });
      expect(Math.ceil(bytes / 1_024)).toBeLessThanOrEqual(unitsOfWrite(n));
    },
  );
});
