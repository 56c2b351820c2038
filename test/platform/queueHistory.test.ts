import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { PurgeQueueCommand } from '@aws-sdk/client-sqs';
import { LOCAL_REGION } from '@taskfleet/infra/local';
import { createClients } from '@taskfleet/toolbox/aws';
import { createQueueSampler, readQueueHistory } from '@taskfleet/platform/queues';
import { systemClock } from '@taskfleet/toolbox/clock';
import { Statistics } from '@taskfleet/toolbox/statistics';
import { readDepths } from '@taskfleet/toolbox/table';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { looksAMinute } from '../../platform/cost/queueHistoryLines.ts';
import { memoryLog } from '../../shared-toolbox/testing/memoryLog.ts';
import { sampleFleet } from './sampleFleet.ts';
import {
  messageBody,
  newId,
  type PlatformUnderTest,
  silent,
  startPlatformUnderTest,
} from './startPlatformUnderTest.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;
const EMPTY = { visible: 0, inFlight: 0, delayed: 0, deadLetters: 0, oldestMs: 0 };

let platform: PlatformUnderTest;
/** Of each test another day. */
let at = Date.UTC(2026, 0, 5, 10, 0);
beforeAll(async () => {
  platform = await startPlatformUnderTest();
});
afterAll(async () => platform.stop());
beforeEach(() => {
  at += DAY_MS;
});

/** A replica's sampler, by a clock that says what it is told. */
function sampler({ log = silent, sqs = platform.clients.sqs } = {}) {
  const { table, queues } = platform;
  const { sleep, random } = systemClock;
  const clock = { time: at, now: () => clock.time, sleep, random };
  const look = createQueueSampler({ sqs, table, queues, clock, log });
  return {
    at: async (time: number) => {
      clock.time = time;
      await look();
    },
  };
}

async function read(query: Partial<Parameters<typeof readQueueHistory>[1]> = {}) {
  const { table, queues } = platform;
  const asked = { from: at, to: at + 4 * MINUTE_MS, stepMs: MINUTE_MS, ...query };
  return readQueueHistory({ table, queues, fleet: sampleFleet, clock: systemClock }, asked);
}

/** How many messages waited for the platform, by step. */
async function visible(query: Parameters<typeof read>[0] = {}) {
  const { services } = await read({ ...query, service: 'platform' });
  return services[0]?.points.map((point) => point && point.visible);
}

async function add(messages: number): Promise<void> {
  await Promise.all(
    Array.from({ length: messages }, async () => platform.send(messageBody({ id: newId() }))),
  );
}

/** Counts the requests of some kind that anybody makes from now on. */
function counting(client: 'sqs' | 'dynamodb') {
  const seen = new Map<string, number>();
  const stack = platform.clients[client]
    .middlewareStack as PlatformUnderTest['clients']['sqs']['middlewareStack'];
  stack.add(
    (next, { commandName = '' }) =>
      async (args) => {
        seen.set(commandName, (seen.get(commandName) ?? 0) + 1);
        return next(args);
      },
    { name: 'counting', override: true },
  );
  return seen;
}

describe('what is in the queues', () => {
  it('is kept once a minute, whoever is first, with as many looks as the estimate says', async () => {
    const [one, other] = [sampler(), sampler()];
    await one.at(at + 1_000);
    await add(2);
    await other.at(at + 2_000);
    const looks = counting('sqs');
    for (const second of [6, 11, 59]) await one.at(at + second * 1_000);
    expect(looks.size).toBe(0);
    await one.at(at + MINUTE_MS);
    expect(looks.get('GetQueueAttributesCommand')).toBe(looksAMinute(sampleFleet));
    const { services } = await read();
    expect(services.map(({ service }) => service)).toEqual(['echo', 'platform']);
    expect(services[1]?.points).toEqual([
      { at, ...EMPTY, waitP95Ms: null },
      { at: at + MINUTE_MS, ...EMPTY, visible: 2, oldestMs: MINUTE_MS, waitP95Ms: null },
      null,
      null,
    ]);
  });

  it('is the most of a step, and of an hour also after those who kept it before', async () => {
    const before = sampler();
    await before.at(at);
    await add(3);
    await before.at(at + 2 * MINUTE_MS);
    await platform.clients.sqs.send(
      new PurgeQueueCommand({ QueueUrl: platform.queues.get('platform')!.queueUrl }),
    );
    const after = sampler();
    await after.at(at + 3 * MINUTE_MS);
    const [first = 0, , most = 0, last] = (await visible()) ?? [];
    expect([most! - first!, last]).toEqual([3, 0]);
    expect(await visible({ stepMs: 2 * MINUTE_MS })).toEqual([first, most]);
    expect(await visible({ stepMs: HOUR_MS })).toEqual([most]);
    expect(
      await visible({ from: at - DAY_MS / 2, to: at - DAY_MS / 2 + 1, stepMs: HOUR_MS }),
    ).toEqual([null]);
  });

  it('expires as statistics do', async () => {
    await sampler().at(at);
    const expiryOf = async (period: string) => {
      const { dynamodb, tableName: TableName } = platform.table;
      const Key = { pk: { S: `depth#${period}` } };
      const { Item } = await dynamodb.send(new GetItemCommand({ TableName, Key }));
      return Number(Item?.['expiresAt']?.N) * 1_000;
    };
    const minute = new Date(at).toISOString().slice(0, 'yyyy-mm-ddThh:mm'.length);
    expect(await expiryOf(minute)).toBe(at + MINUTE_MS + 8 * DAY_MS);
    expect(await expiryOf(minute.slice(0, -3))).toBe(at + HOUR_MS + 90 * DAY_MS);
    expect([...(await readDepths(platform.table, minute)).keys()]).toEqual(['platform', 'echo']);
  });

  it('is not kept while a queue does not answer, which is said once until it does', async () => {
    const logged = memoryLog();
    const away = createClients({
      region: LOCAL_REGION,
      endpoints: { ...platform.endpoints, sqs: 'http://127.0.0.1:9' },
    });
    const { sqs } = away;
    const failing = sampler({ log: logged.log, sqs });
    await failing.at(at);
    await failing.at(at + 5_000);
    expect(logged.of('depths.failed')).toHaveLength(1);
    expect(await visible()).toEqual([null, null, null, null]);
    sqs.send = platform.clients.sqs.send.bind(platform.clients.sqs);
    await failing.at(at + 10_000);
    expect((await visible())?.[0]).toBe(0);
    expect(logged.of('depths.failed')).toHaveLength(1);
    away.sqs.destroy();
  });

  it('comes with how long tasks had waited that were begun', async () => {
    await sampler().at(at);
    const clock = { now: () => at, randomBytes: () => Uint8Array.of(1) };
    const counted = new Statistics({ table: platform.table, writer: 'echo', clock, log: silent });
    for (const [task, ms] of [
      ['echo.say', 30],
      ['echo.ask', 4_000],
    ] as const) {
      for (let i = 0; i < 50; i += 1) counted.time(task, 'wait', ms);
    }
    await counted.stop();
    const { services } = await read();
    const [echo, ofPlatform] = services.map(({ points }) => points[0]?.waitP95Ms);
    expect(echo).toBeGreaterThan(2_000);
    expect(echo).toBeLessThanOrEqual(5_000);
    expect(ofPlatform).toBeNull();
  });

  it('is read by keys that follow from the time, and refused where these would be too many', async () => {
    const requests = counting('dynamodb');
    await read({ to: at + HOUR_MS });
    // An hour: 240 items of statistics of the one worker, 60 of depths.
    expect(Object.fromEntries(requests)).toEqual({ BatchGetItemCommand: 4 });
    await expect(read({ to: at + 8 * DAY_MS })).rejects.toThrow('at most 20000 are read together');
    await expect(read({ stepMs: 90_000 })).rejects.toThrow('step: expected whole minutes');
    await expect(read({ service: 'ecko' })).rejects.toThrow('did you mean "echo"?');
  });
});
