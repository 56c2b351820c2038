import { createQueueSampler, readQueueHistory, readQueues } from '@taskfleet/platform/queues';
import { systemClock } from '@taskfleet/toolbox/clock';
import { PLATFORM_WRITER, Statistics } from '@taskfleet/toolbox/statistics';
import { type QueueDepth, readDepths } from '@taskfleet/toolbox/table';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { sampleFleet } from './sampleFleet.ts';
import {
  type PlatformUnderTest,
  silent,
  startPlatformUnderTest,
} from './startPlatformUnderTest.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;

let platform: PlatformUnderTest;
/** Of each test other days. */
let start = Date.UTC(2026, 0, 5, 10, 0);
beforeAll(async () => {
  platform = await startPlatformUnderTest();
});
afterAll(async () => platform.stop());
beforeEach(() => {
  start += 30 * DAY_MS;
});

/** A platform that looks into queues of which the test says how much waits in them. */
function lab(service: 'echo' | 'platform' = 'echo') {
  const { table, queues } = platform;
  const time = { at: start, waits: 0 };
  const clock = { ...systemClock, now: () => time.at };
  const sqs = {
    send: async ({ input }: { readonly input: { readonly QueueUrl: string } }) => {
      const isOurs = input.QueueUrl === queues.get(service)?.queueUrl;
      return { Attributes: { ApproximateNumberOfMessages: String(isOurs ? time.waits : 0) } };
    },
  } as unknown as PlatformUnderTest['clients']['sqs'];
  const options = { sqs, table, queues, clock };
  const look = createQueueSampler({ ...options, log: silent });
  return {
    view: async () => (await readQueues(options)).find((view) => view.service === service),
    /** Says what of the oldest is kept. */
    look: async (minutes: number, waits: number): Promise<number | null | undefined> => {
      Object.assign(time, { at: start + minutes * MINUTE_MS, waits });
      await look();
      const minute = new Date(time.at).toISOString().slice(0, 'yyyy-mm-ddThh:mm'.length);
      const depth: QueueDepth | undefined = (await readDepths(table, minute)).get(service);
      const known = depth?.oldestMs ?? null;
      return known === null ? depth?.oldestMs : known / MINUTE_MS;
    },
    /** Counts tasks that a service began in a minute. */
    begin: async (minutes: number, tasks: number) => {
      const now = () => start + minutes * MINUTE_MS;
      const writer = service === 'platform' ? PLATFORM_WRITER : service;
      const counted = { now, randomBytes: () => Uint8Array.of(1) };
      const statistics = new Statistics({ table, writer, clock: counted, log: silent });
      for (let i = 0; i < tasks; i += 1) {
        if (service === 'platform') statistics.count('echo.say', 'scheduled');
        else statistics.time('echo.say', 'wait', 30);
      }
      await statistics.stop();
    },
  };
}

describe('the oldest message', () => {
  it('has waited since the last look at which none did', async () => {
    const { look } = lab();
    expect(await look(0, 0)).toBe(0);
    expect(await look(1, 3)).toBe(1);
    expect(await look(2, 5)).toBe(2);
    expect(await look(5, 5)).toBe(5);
    expect(await look(6, 0)).toBe(0);
    expect(await look(7, 1)).toBe(1);
  });

  it.each(['echo', 'platform'] as const)(
    'is gone when as many were begun as waited, in the queue of %s',
    async (service) => {
      const { look, begin } = lab(service);
      await look(0, 0);
      await look(1, 30);
      await look(2, 30);
      await begin(2, 20);
      expect(await look(3, 30)).toBe(3);
      await begin(3, 10);
      // All 30 that waited at the first minute are begun; what came since has waited for three at most.
      expect(await look(4, 30)).toBe(3);
      await begin(4, 30);
      expect(await look(5, 30)).toBe(2);
    },
  );

  it('is not known before anybody has looked, until the queue has been emptied', async () => {
    const { look, begin } = lab();
    expect(await look(0, 9)).toBeNull();
    expect(await look(1, 9)).toBeNull();
    await begin(2, 9);
    expect(await look(3, 4)).toBe(2);
  });

  it('is known for longer than minutes are read, and found again when it is begun', async () => {
    const { look, begin } = lab();
    await look(0, 0);
    for (let minute = 1; minute <= 180; minute += 1) {
      expect(await look(minute, 50)).toBe(minute);
    }
    for (const minute of [61, 121]) await begin(minute, 25);
    // What waited in the first hour has been begun: 50 since its end.
    await look(181, 50);
    expect(await look(182, 50)).toBe(182 - 59);
  });

  it('is told of the present, and in the history by the longest of a step', async () => {
    const { look, view } = lab();
    await look(0, 0);
    expect(await view()).toMatchObject({ visible: 0, oldestAt: null });
    await look(1, 3);
    await look(2, 3);
    expect(await view()).toMatchObject({ visible: 3, oldestAt: start });
    const { table, queues } = platform;
    const options = { table, queues, fleet: sampleFleet, clock: systemClock };
    const query = { from: start, to: start + HOUR_MS, stepMs: HOUR_MS, service: 'echo' };
    const { services } = await readQueueHistory(options, query);
    expect(services[0]?.points).toEqual([expect.objectContaining({ oldestMs: 2 * MINUTE_MS })]);
  });

  it('is not told of the present while nobody looks', async () => {
    const { look } = lab();
    await look(0, 0);
    await look(1, 3);
    start += 10 * MINUTE_MS;
    expect(await lab().view()).toMatchObject({ oldestAt: null });
  });
});
