import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type MemoryLog, memoryLog } from '../testing/memoryLog.ts';
import { startWatchdog } from './index.ts';

let log: MemoryLog;
let silentMs: number;
let expirations: number;

beforeEach(() => {
  vi.useFakeTimers();
  log = memoryLog();
  [silentMs, expirations] = [0, 0];
});
afterEach(() => vi.useRealTimers());

const consumer = {
  get silentMs() {
    return silentMs;
  },
};

function start(limitSeconds = 300) {
  const watchdog = startWatchdog({ consumer, limitSeconds, log: log.log });
  void watchdog.expired.then(() => {
    expirations += 1;
  });
  return watchdog;
}

async function look(): Promise<void> {
  await vi.advanceTimersByTimeAsync(30_000);
}

describe('the watchdog', () => {
  it('lets a consumer go on that is heard of in time', async () => {
    start();
    silentMs = 299_999;
    for (let i = 0; i < 20; i += 1) await look();
    expect([expirations, log.lines]).toEqual([0, []]);
  });

  it('expires once a consumer has been silent for too long, and says so', async () => {
    start();
    silentMs = 300_000;
    await look();
    await look();
    expect(expirations).toBe(1);
    expect(log.lines).toMatchObject([
      { level: 'error', event: 'watchdog.expired', silentMs: 300_000 },
    ]);
  });

  it.each([
    ['is off with a limit of 0', () => start(0)],
    ['is quiet once it is stopped', () => start().stop()],
  ])('%s', async (_what, prepare) => {
    prepare();
    silentMs = 1e9;
    await look();
    expect([expirations, vi.getTimerCount()]).toEqual([0, 0]);
  });
});
