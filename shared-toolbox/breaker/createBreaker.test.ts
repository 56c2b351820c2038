import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ConfigError, TooLargeError } from '../errors.ts';
import { type ManualClock, manualClock } from '../testing/manualClock.ts';
import { type MemoryLog, memoryLog } from '../testing/memoryLog.ts';
import { type Breaker, BreakerOpenError, createBreaker } from './index.ts';

const OPTIONS = { timeoutMs: 1_000, volumeThreshold: 3, probeIntervalMs: 10_000 };
const away = new Error('no connection');

let clock: ManualClock;
let log: MemoryLog;
let service: () => Promise<string>;
let probe: () => Promise<unknown>;
let signals: AbortSignal[];
let calls: number;
let probes: number;
let breaker: Breaker<[string], string>;

beforeEach(() => {
  vi.useFakeTimers();
  clock = manualClock();
  log = memoryLog();
  service = async () => 'answer';
  probe = async () => 'alive';
  [signals, calls, probes] = [[], 0, 0];
  breaker = createBreaker({
    name: 'topic',
    options: OPTIONS,
    clock,
    log: log.log,
    call: async (signal, text: string) => {
      signals.push(signal);
      calls += 1;
      return `${text} ${await service()}`;
    },
    probe: async () => {
      probes += 1;
      return probe();
    },
  });
});

afterEach(() => {
  breaker.close();
  vi.useRealTimers();
});

async function pass(ms: number): Promise<void> {
  clock.advance(ms);
  await vi.advanceTimersByTimeAsync(ms);
}

async function fail(times: number, error: Error = away): Promise<void> {
  service = async () => Promise.reject(error);
  for (let i = 0; i < times; i += 1) await expect(breaker.call('an')).rejects.toBe(error);
}

describe('a closed breaker', () => {
  it('passes arguments, answers and errors on', async () => {
    expect(await breaker.call('an')).toBe('an answer');
    await fail(1);
    expect(breaker.availability()).toEqual({ available: true });
    expect(breaker.whenAvailable()).toBeUndefined();
  });

  it('stays closed below its volume, and while most calls succeed', async () => {
    await fail(2);
    service = async () => 'answer';
    for (let i = 0; i < 3; i += 1) await breaker.call('an');
    await fail(1);
    expect(breaker.availability().available).toBe(true);
  });

  it('forgets failures that are older than its window', async () => {
    await fail(2);
    await pass(30_000);
    await fail(2);
    expect(breaker.availability().available).toBe(true);
  });

  it("does not count a caller's mistake, however often", async () => {
    await fail(10, new TooLargeError('the task', 2, 1));
    expect(breaker.availability().available).toBe(true);
  });

  it('aborts a call that takes too long, and counts it', async () => {
    service = async () => new Promise(() => undefined);
    const outcomes = Promise.allSettled(['a', 'b', 'c'].map(breaker.call));
    await pass(1_000);
    expect((await outcomes).map(({ status }) => status)).toEqual(Array(3).fill('rejected'));
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, true, true]);
    expect(breaker.availability()).toMatchObject({ available: false });
  });

  it('opens when nothing answers any more, however many calls were answered before', async () => {
    for (let i = 0; i < 100; i += 1) await breaker.call('an');
    service = async () => new Promise(() => undefined);
    const outcomes = Promise.allSettled(['a', 'b', 'c'].map(breaker.call));
    await pass(1_000);
    await outcomes;
    expect(breaker.availability()).toMatchObject({ reason: 'Error: Timed out after 1000ms' });
  });
});

describe('an open breaker', () => {
  it('refuses at once, without a call, and says when to come again', async () => {
    await fail(3);
    const refused = breaker.call('an');
    await expect(refused).rejects.toBeInstanceOf(BreakerOpenError);
    await expect(refused).rejects.toMatchObject({
      code: 'breaker_open',
      breaker: 'topic',
      retryAfterMs: 10_000,
      message: 'the topic is unavailable, try again in 10000 ms: Error: no connection',
    });
    expect(calls).toBe(3);
  });

  it('says since when and why, and counts down', async () => {
    await fail(3);
    const since = clock.now();
    await pass(4_000);
    const reason = 'Error: no connection';
    expect(breaker.availability()).toEqual({
      available: false,
      since,
      retryAfterMs: 6_000,
      reason,
    });
  });

  it('closes by its own probe, without a call of anybody', async () => {
    await fail(3);
    const available = breaker.whenAvailable();
    await pass(10_000);
    await available;
    expect([calls, probes]).toEqual([3, 1]);
    expect(breaker.availability()).toEqual({ available: true });
    service = async () => 'answer';
    expect(await breaker.call('an')).toBe('an answer');
  });

  it('goes on looking until the probe is answered', async () => {
    await fail(3);
    const since = clock.now();
    probe = async () => Promise.reject(new Error('still away'));
    await pass(10_000);
    await pass(10_000);
    expect(probes).toBe(2);
    expect(breaker.availability()).toMatchObject({
      available: false,
      since,
      reason: 'Error: still away',
    });
    probe = async () => 'alive';
    await pass(10_000);
    expect(breaker.availability().available).toBe(true);
  });

  it('refuses callers while a probe is under way', async () => {
    await fail(3);
    const answer = Promise.withResolvers<string>();
    probe = async () => answer.promise;
    await pass(10_000);
    await expect(breaker.call('an')).rejects.toMatchObject({ retryAfterMs: 1_000 });
    answer.resolve('alive');
    await pass(0);
    expect([breaker.availability().available, calls]).toEqual([true, 3]);
  });

  it('takes a refusal for an answer: the service is there', async () => {
    await fail(3);
    const $metadata = { httpStatusCode: 403 };
    probe = async () => Promise.reject(Object.assign(new Error('no right'), { $metadata }));
    await pass(10_000);
    expect(breaker.availability().available).toBe(true);
  });

  it('opens again after the first failures, however many calls it has refused', async () => {
    await fail(3);
    await Promise.allSettled(Array.from({ length: 100 }, async () => breaker.call('an')));
    await pass(10_000);
    await fail(1);
    expect(breaker.availability().available).toBe(false);
  });

  it('writes one line for each change', async () => {
    await fail(3);
    probe = async () => Promise.reject(new Error('still away'));
    await pass(10_000);
    probe = async () => 'alive';
    await pass(10_000);
    expect(log.lines.map(({ level, event, reason }) => [level, event, reason])).toEqual([
      ['error', 'breaker.opened', 'Error: no connection'],
      ['debug', 'breaker.halfOpened', 'it is time to look again'],
      ['debug', 'breaker.stayedOpen', 'Error: still away'],
      ['debug', 'breaker.halfOpened', 'it is time to look again'],
      ['info', 'breaker.closed', 'it answers again'],
    ]);
    expect(log.of('breaker.closed')).toMatchObject([{ breaker: 'topic', openMs: 20_000 }]);
  });

  it.each([
    [0, 8_000],
    [0.999, 11_996],
  ])('looks a fifth earlier or later by chance (%d)', async (random, retryAfterMs) => {
    const call = async () => Promise.reject(away);
    const options = { ...OPTIONS, volumeThreshold: 1 };
    const own = { name: 'own', options, clock: { ...clock, random: () => random }, log: log.log };
    const jittered = createBreaker({ ...own, call, probe });
    await expect(jittered.call()).rejects.toBe(away);
    expect(jittered.availability()).toMatchObject({ retryAfterMs });
    jittered.close();
  });
});

describe('a breaker that is shut down', () => {
  it('lets everybody pass, and looks no more', async () => {
    await fail(3);
    const available = breaker.whenAvailable();
    breaker.close();
    await available;
    await pass(60_000);
    service = async () => 'answer';
    expect(await breaker.call('an')).toBe('an answer');
    expect(probes).toBe(0);
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('the options of a breaker', () => {
  const make = (options: object) => () =>
    createBreaker({ name: 'topic', options, clock, log: log.log, call: probe, probe }).close();

  it('are refused together when out of bounds', () => {
    const wrong = make({ timeoutMs: 9, errorPercentage: 100, volumeThreshold: 1.5 });
    expect(wrong).toThrow(ConfigError);
    for (const option of ['timeoutMs', 'errorPercentage', 'volumeThreshold']) {
      expect(wrong).toThrow(`breaker "topic", ${option}: expected a whole number from`);
    }
  });

  it.each([
    { timeoutMs: 10, errorPercentage: 1, volumeThreshold: 1, probeIntervalMs: 50 },
    { timeoutMs: 60_000, errorPercentage: 99, volumeThreshold: 1_000, rollingWindowMs: 600_000 },
  ])('may be %o', (options) => {
    expect(make(options)).not.toThrow();
  });
});
