import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type ManualClock, manualClock } from '../testing/manualClock.ts';
import { memoryLog } from '../testing/memoryLog.ts';
import { type Breaker, createBreaker } from './index.ts';

const EVERY_MS = 5_000;

let clock: ManualClock;
let error: Error | undefined;
let looks: number;
/** How many answers are left that are an error. */
let failures: number;
let breaker: Breaker<[], void>;

beforeEach(() => {
  vi.useFakeTimers();
  clock = manualClock();
  [error, looks, failures] = [undefined, 0, Infinity];
  const answer = async () => {
    if (!error || failures === 0) return;
    failures -= 1;
    throw error;
  };
  breaker = createBreaker({
    name: 'topic',
    clock,
    log: memoryLog().log,
    options: { probeIntervalMs: EVERY_MS, volumeThreshold: 3 },
    call: answer,
    probe: async () => {
      looks += 1;
      return answer();
    },
  });
});

afterEach(() => {
  breaker.close();
  vi.useRealTimers();
});

/** What a page does that is told each second whether its button is of use. */
async function watchFor(seconds: number, each = breaker.watch): Promise<void> {
  for (let i = 0; i < seconds; i += 1) {
    each();
    clock.advance(1_000);
    await vi.advanceTimersByTimeAsync(1_000);
  }
}

const away = () => new Error('no connection');
const isOpen = () => !breaker.availability().available;

describe('a breaker that is watched while nobody calls', () => {
  it('opens within seconds of the outage, and closes again', async () => {
    await watchFor(10);
    error = away();
    await watchFor(6);
    expect(breaker.availability()).toMatchObject({ reason: 'Error: no connection' });
    error = undefined;
    await watchFor(6);
    expect(isOpen()).toBe(false);
  });

  it('looks every few seconds, and never where only calls ask', async () => {
    await watchFor(20);
    expect(looks).toBe(4);
    await watchFor(60, breaker.availability);
    expect(looks).toBe(4);
  });

  it('does not look while calls are answered', async () => {
    await breaker.call();
    for (let i = 0; i < 20; i += 1) {
      await watchFor(1);
      await breaker.call();
    }
    expect(looks).toBe(0);
  });

  it('stays closed over a look that comes to nothing when the next is answered', async () => {
    await watchFor(1);
    [error, failures] = [away(), 1];
    await watchFor(10);
    expect(failures).toBe(0);
    expect(isOpen()).toBe(false);
  });

  it('takes a service that wants fewer looks for one that is there', async () => {
    error = Object.assign(new Error('slow down'), { name: 'ThrottlingException' });
    await watchFor(30);
    expect(isOpen()).toBe(false);
    await expect(breaker.call()).rejects.toBe(error);
  });
});
