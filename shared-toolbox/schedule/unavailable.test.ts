import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SNSClient } from '@aws-sdk/client-sns';
import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { systemClock } from '../clock.ts';
import {
  defineTask,
  PublishError,
  TooLargeError,
  UnavailableError,
  ValidationError,
} from '../contract/index.ts';
import { type MemoryLog, memoryLog } from '../testing/memoryLog.ts';
import { createScheduler, type Scheduler } from './index.ts';

const note = defineTask('notes.add', { input: z.object({ text: z.string() }), output: z.null() });

let answer: RequestListener;
let requests: number;
let server: Server;
let log: MemoryLog;
let scheduler: Scheduler;
/** Milliseconds that the clock is ahead. */
let ahead: number;

beforeEach(async () => {
  requests = 0;
  ahead = 0;
  server = createServer((request, response) => {
    requests += 1;
    answer(request, response);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  log = memoryLog();
  scheduler = schedulerOn((server.address() as AddressInfo).port);
});

afterEach(() => {
  scheduler.close();
  server.closeAllConnections();
  server.close();
});

function schedulerOn(port: number, timeoutMs = 200): Scheduler {
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const settings = { region: 'us-east-1', credentials, maxAttempts: 1 };
  return createScheduler({
    sns: new SNSClient({ ...settings, endpoint: `http://127.0.0.1:${port}` }),
    topicArn: 'arn:aws:sns:us-east-1:1:tasks.fifo',
    table: { dynamodb: new DynamoDBClient(settings), tableName: 'tasks' },
    clock: { ...systemClock, monotonic: () => ahead },
    breaker: { timeoutMs, probeIntervalMs: 60_000 },
    log: log.log,
  });
}

function says(status: number, code: string): RequestListener {
  return (_request, response) => {
    response.writeHead(status, { 'content-type': 'text/xml' });
    response.end(
      `<ErrorResponse><Error><Type>Receiver</Type><Code>${code}</Code><Message>m</Message></Error></ErrorResponse>`,
    );
  };
}

/** What each of so many calls, made at once, throws. */
async function refusals(count: number): Promise<unknown[]> {
  const calls = Array.from({ length: count }, async () => scheduler.schedule(note, { text: 'x' }));
  const outcomes = await Promise.allSettled(calls);
  return outcomes.map((outcome) => (outcome.status === 'rejected' ? outcome.reason : outcome));
}

describe('a topic that does not answer', () => {
  it('costs every caller one timeout, and all learn when to come again', async () => {
    answer = () => undefined;
    const errors = await refusals(500);
    expect(errors.every((error) => error instanceof UnavailableError)).toBe(true);
    expect(errors.every((error) => (error as UnavailableError).retryAfterMs >= 1_000)).toBe(true);
    // Fifty were needed, four go at once, and each may be followed by one with what is left of its time.
    expect(requests).toBeLessThanOrEqual(8);
  });

  it('costs also who waits behind others of its group one timeout', async () => {
    answer = () => undefined;
    const grouped = { ...note, group: () => 'all' };
    const one = async () => scheduler.schedule(grouped, { text: 'x' });
    const first = one();
    await expect.poll(() => requests).toBe(1);
    const rest = Array.from({ length: 30 }, one);
    // As long as they may wait: when the first is given up, they have nothing left.
    ahead = 200;
    const outcomes = await Promise.allSettled([first, ...rest]);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toEqual([]);
    expect(requests).toBe(1);
  });

  it('is not asked again while it is known', async () => {
    // Answers are waited for, however busy the machine is.
    scheduler.close();
    scheduler = schedulerOn((server.address() as AddressInfo).port, 20_000);
    answer = says(500, 'InternalFailure');
    for (let i = 0; i < 3; i += 1) await refusals(1);
    const [refused] = await refusals(1);
    expect(refused).toMatchObject({
      name: 'UnavailableError',
      code: 'unavailable',
      cause: { code: 'breaker_open' },
    });
    expect((refused as UnavailableError).retryAfterMs).toBeGreaterThan(40_000);
    expect(requests).toBe(3);
  });

  it('is told by the scheduler, with the reason', async () => {
    expect(scheduler.availability()).toEqual({ available: true });
    answer = says(503, 'ServiceUnavailable');
    await refusals(30);
    const availability = scheduler.availability();
    expect(availability).toMatchObject({ available: false, since: expect.any(Number) });
    expect(JSON.stringify(availability)).toContain('ServiceUnavailable');
    expect(log.of('breaker.opened')).toMatchObject([{ breaker: 'topic' }]);
  });

  it('is an UnavailableError already before the breaker opens', async () => {
    answer = says(429, 'Throttled');
    const [error] = await refusals(1);
    expect(error).toBeInstanceOf(UnavailableError);
    expect(error).toMatchObject({ retryAfterMs: 1_000 });
    expect(scheduler.availability()).toEqual({ available: true });
  });
});

describe("a caller's mistake", () => {
  it('never makes the topic unavailable', async () => {
    answer = says(400, 'InvalidParameter');
    for (let i = 0; i < 5; i += 1) {
      const [error] = await refusals(1);
      expect(error).toBeInstanceOf(PublishError);
      expect(error).not.toBeInstanceOf(UnavailableError);
    }
    expect([scheduler.availability().available, requests]).toEqual([true, 5]);
  });

  it('is told as such while the topic is unavailable', async () => {
    answer = says(500, 'InternalFailure');
    await refusals(30);
    const wrong = scheduler.schedule(note, { text: 1 } as never);
    await expect(wrong).rejects.toBeInstanceOf(ValidationError);
    const large = scheduler.schedule(note, { text: 'x'.repeat(300_000) });
    await expect(large).rejects.toBeInstanceOf(TooLargeError);
  });
});
