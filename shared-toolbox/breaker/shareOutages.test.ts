import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type ManualClock, manualClock } from '../testing/manualClock.ts';
import { memoryLog } from '../testing/memoryLog.ts';
import { type Breaker, createBreaker, type OutageBoard, type SharedOutage } from './index.ts';

const OPTIONS = { timeoutMs: 1_000, volumeThreshold: 3, probeIntervalMs: 10_000 };

interface Replica {
  readonly breaker: Breaker<[], string>;
  isAway: boolean;
  calls: number;
  probes: number;
}

let clock: ManualClock;
let posted: SharedOutage | undefined;
let reads: number;
let board: OutageBoard;
let replicas: Replica[];

beforeEach(() => {
  vi.useFakeTimers();
  clock = manualClock();
  [posted, reads, replicas] = [undefined, 0, []];
  board = {
    read: async () => {
      reads += 1;
      return posted && posted.until > clock.now() ? posted : undefined;
    },
    tell: async (outage) => {
      if (!posted || posted.id === outage.id || posted.until < clock.now()) posted = outage;
    },
    clear: async (id) => {
      if (posted?.id === id) posted = undefined;
    },
  };
});

afterEach(() => {
  for (const { breaker } of replicas) breaker.close();
  vi.useRealTimers();
});

function start(isAway: boolean): Replica {
  const answer = async () => {
    if (replica.isAway) throw new Error('no connection');
    return 'answer';
  };
  const breaker = createBreaker({
    name: 'topic',
    options: OPTIONS,
    board,
    clock,
    log: memoryLog().log,
    call: async () => {
      replica.calls += 1;
      return answer();
    },
    probe: async () => {
      replica.probes += 1;
      return answer();
    },
  });
  const replica: Replica = { breaker, isAway, calls: 0, probes: 0 };
  replicas.push(replica);
  breaker.availability();
  return replica;
}

async function pass(ms: number): Promise<void> {
  clock.advance(ms);
  await vi.advanceTimersByTimeAsync(ms);
}

async function open({ breaker }: Replica): Promise<void> {
  for (let i = 0; i < 3; i += 1) await expect(breaker.call()).rejects.toThrow('no connection');
}

const isOpen = ({ breaker }: Replica) => !breaker.availability().available;

describe('replicas that share their outages', () => {
  it('refuse within seconds of the first that opened, without a failure of their own', async () => {
    const [first, second] = [start(true), start(true)];
    await open(first);
    await pass(2_000);
    expect(isOpen(second)).toBe(true);
    await expect(second.breaker.call()).rejects.toMatchObject({ code: 'breaker_open' });
    expect([second.calls, second.probes]).toEqual([0, 1]);
  });

  it('go on when only one of them is cut off, which costs each a probe and no more', async () => {
    const [cutOff, healthy] = [start(true), start(false)];
    await open(cutOff);
    for (let second = 0; second < 30; second += 1) await pass(1_000);
    expect([isOpen(cutOff), isOpen(healthy), healthy.probes]).toEqual([true, false, 1]);
    expect(await healthy.breaker.call()).toBe('answer');
  });

  it('look at once when the one that told of it has seen the service answer', async () => {
    const [first, second] = [start(true), start(true)];
    await open(first);
    await pass(6_000);
    expect(isOpen(second)).toBe(true);
    [first.isAway, second.isAway] = [false, false];
    expect(second.probes).toBe(1);
    // Its own next look would be due at 12 s.
    await pass(4_000);
    expect(isOpen(first)).toBe(false);
    await pass(1_000);
    expect([isOpen(second), second.probes]).toEqual([false, 2]);
  });

  it('go on telling of it when the one that told first is gone', async () => {
    const [first, second] = [start(true), start(true)];
    await open(first);
    const told = posted?.id;
    await pass(2_000);
    first.breaker.close();
    for (let second_ = 0; second_ < 60; second_ += 1) await pass(1_000);
    expect(isOpen(second)).toBe(true);
    expect(posted?.id).not.toBe(told);
    expect(posted?.until).toBeGreaterThan(clock.now());
  });

  it('take the outage back when it is over', async () => {
    const first = start(true);
    await open(first);
    expect(posted).toMatchObject({ reason: 'Error: no connection' });
    first.isAway = false;
    await pass(10_000);
    expect(posted).toBeUndefined();
  });

  it('read nothing while nobody calls', async () => {
    start(false);
    await pass(62_000);
    const before = reads;
    await pass(60_000);
    expect(reads).toBe(before);
  });

  it('find out by themselves while the board does not answer', async () => {
    const gone = async () => Promise.reject(new Error('no table'));
    board = { read: gone, tell: gone, clear: gone };
    const first = start(true);
    await open(first);
    await pass(4_000);
    expect(isOpen(first)).toBe(true);
    first.isAway = false;
    await pass(6_000);
    expect(isOpen(first)).toBe(false);
  });
});
