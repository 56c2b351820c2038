import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Clock } from '../clock.ts';
import { type ManualClock, manualClock } from '../testing/manualClock.ts';
import { type MemoryLog, memoryLog } from '../testing/memoryLog.ts';
import { type MemoryQueue, memoryQueue, messageIn } from '../testing/memoryQueue.ts';
import { type Consumer, type HeldMessage, type Settlement, startConsumer } from './index.ts';

let clock: ManualClock;
let log: MemoryLog;
let queue: MemoryQueue;
let begun: string[];
let running: Map<string, PromiseWithResolvers<Settlement>>;
let signals: Map<string, AbortSignal>;
let consumer: Consumer;

beforeEach(() => {
  clock = manualClock();
  log = memoryLog();
  queue = memoryQueue();
  begun = [];
  running = new Map();
  signals = new Map();
});

afterEach(async () => {
  const stopped = consumer.stop();
  queue.endPolls();
  for (const body of running.keys()) end(body);
  await stopped;
});

function start({ concurrency = 10, sleep = clock.sleep } = {}): void {
  const handle = async ({ body, signal }: HeldMessage) => {
    begun.push(body);
    signals.set(body, signal);
    const settled = Promise.withResolvers<Settlement>();
    running.set(body, settled);
    return settled.promise;
  };
  consumer = startConsumer({
    queue,
    leaseSeconds: 12,
    concurrency,
    handle,
    clock: { ...clock, sleep },
    log: log.log,
  });
}

function end(body: string, settlement: Settlement = { kind: 'delete' }): void {
  running.get(body)?.resolve(settlement);
}

async function untilBegun(...bodies: string[]): Promise<void> {
  await vi.waitFor(() => expect(begun).toEqual(bodies));
}

async function untilCalled(...calls: MemoryQueue['calls']): Promise<void> {
  await vi.waitFor(() => expect(queue.calls).toEqual(calls));
}

/** Long enough for everything that would happen without waiting for anything. */
async function settled(): Promise<void> {
  for (let i = 0; i < 20; i += 1) await turn();
}

describe('the consumer', () => {
  it('handles groups in parallel', async () => {
    start();
    queue.give(messageIn('a', 'a1'), messageIn('b', 'b1'), messageIn('c', 'c1'));
    await untilBegun('a1', 'b1', 'c1');
    expect(consumer.running).toBe(3);
  });

  it('handles the messages of a group in order, each after the one before is settled', async () => {
    start();
    queue.give(messageIn('a', 'a1'), messageIn('b', 'b1'), messageIn('a', 'a2'));
    await untilBegun('a1', 'b1');
    await settled();
    expect(begun).toEqual(['a1', 'b1']);
    end('a1');
    await untilBegun('a1', 'b1', 'a2');
    expect(queue.calls).toEqual([['delete', 'a1']]);
  });

  it.each<[string, Settlement, MemoryQueue['calls'][number] | undefined]>([
    ['will come back later', { kind: 'hide', seconds: 5 }, ['changeVisibility', 'a1', 5]],
    ['goes back', { kind: 'return' }, ['changeVisibility', 'a1', 0]],
    ['is left alone', { kind: 'leave' }, undefined],
  ])('returns the rest of a group unstarted when a message %s', async (_what, settlement, call) => {
    start();
    queue.give(...['a1', 'a2', 'a3'].map((body) => messageIn('a', body)));
    await untilBegun('a1');
    end('a1', settlement);
    await untilCalled(
      ...(call ? [call] : []),
      ['changeVisibility', 'a2', 0],
      ['changeVisibility', 'a3', 0],
    );
    expect(begun).toEqual(['a1']);
  });

  it('goes on with the group after a message that can never be handled', async () => {
    start();
    queue.give(messageIn('a', 'a1'), messageIn('a', 'a2'));
    await untilBegun('a1');
    end('a1', { kind: 'deadLetter', reason: 'malformed' });
    await untilBegun('a1', 'a2');
    expect(queue.calls).toEqual([['deadLetter', 'a1', 'malformed']]);
  });

  it('handles no more at once than it may, and asks for no more than it can begin', async () => {
    start({ concurrency: 2 });
    queue.give(messageIn('a', 'a1'));
    queue.give(messageIn('b', 'b1'));
    await untilBegun('a1', 'b1');
    await settled();
    expect(queue.receives).toEqual([2, 1]);
    end('a1');
    await vi.waitFor(() => expect(queue.receives).toEqual([2, 1, 1]));
  });

  it('begins what a long poll brought only once it is extended', async () => {
    start();
    await vi.waitFor(() => expect(queue.receives).toEqual([10]));
    clock.advance(20_000);
    queue.give(messageIn('a', 'a1'));
    await untilBegun('a1');
    expect(queue.calls).toEqual([['changeVisibility', 'a1', 12]]);
  });

  it('begins nothing of a group whose first message came too late to be extended', async () => {
    start();
    await vi.waitFor(() => expect(queue.receives).toEqual([10]));
    clock.advance(20_000);
    queue.refusal = new Error('the receipt is void');
    queue.give(messageIn('a', 'a1'), messageIn('a', 'a2'));
    await vi.waitFor(() => expect(queue.receives).toHaveLength(2));
    await settled();
    expect(begun).toEqual([]);
  });

  it('does not begin a message whose lease was lost while it waited for its turn', async () => {
    start();
    queue.give(messageIn('a', 'a1'), messageIn('a', 'a2'));
    await untilBegun('a1');
    clock.advance(60_000);
    await vi.waitFor(() => expect(signals.get('a1')?.aborted).toBe(true), 5_000);
    end('a1');
    await settled();
    expect(begun).toEqual(['a1']);
    expect(queue.calls).toEqual([]);
  });

  it('backs off while receives fail, and recovers, with one line for each', async () => {
    start();
    for (let i = 0; i < 8; i += 1) queue.fail(new Error('no connection'));
    queue.give(messageIn('a', 'a1'));
    await untilBegun('a1');
    expect(log.of('receive.failed')).toHaveLength(1);
    expect(log.of('receive.recovered')).toMatchObject([{ failures: 8 }]);
    expect(clock.slept).toEqual([150, 300, 600, 1_200, 2_400, 3_750, 3_750, 3_750]);
  });

  it('goes on when a message could not be settled', async () => {
    start();
    queue.refusal = new Error('no connection');
    queue.give(messageIn('a', 'a1'));
    await untilBegun('a1');
    end('a1');
    await vi.waitFor(() => expect(log.of('settle.failed')).toHaveLength(1));
    queue.refusal = undefined;
    queue.give(messageIn('b', 'b1'));
    await untilBegun('a1', 'b1');
    end('b1');
    await untilCalled(['delete', 'b1']);
  });
});

describe('a stopping consumer', () => {
  it('lets the poll under way end, and returns what it brings', async () => {
    start();
    await vi.waitFor(() => expect(queue.receives).toHaveLength(1));
    const stopped = consumer.stop();
    queue.give(messageIn('a', 'a1'), messageIn('a', 'a2'), messageIn('b', 'b1'));
    await stopped;
    expect(begun).toEqual([]);
    expect(queue.calls.toSorted()).toEqual([
      ['changeVisibility', 'a1', 0],
      ['changeVisibility', 'a2', 0],
      ['changeVisibility', 'b1', 0],
    ]);
    expect(queue.receives).toHaveLength(1);
  });

  it('waits for what runs, and returns what waits behind it', async () => {
    start({ concurrency: 1 });
    queue.give(messageIn('a', 'a1'), messageIn('a', 'a2'), messageIn('b', 'b1'));
    await untilBegun('a1');
    let isStopped = false;
    const stopped = consumer.stop().then(() => {
      isStopped = true;
    });
    await settled();
    expect(isStopped).toBe(false);
    end('a1');
    await stopped;
    expect(begun).toEqual(['a1']);
    expect(queue.calls).toEqual([
      ['delete', 'a1'],
      ['changeVisibility', 'a2', 0],
      ['changeVisibility', 'b1', 0],
    ]);
  });

  it('does not wait for the end of a pause', async () => {
    const sleep: Clock['sleep'] = async (_ms, signal) =>
      new Promise((_resolve, reject) => {
        signal?.addEventListener('abort', () => reject(signal.reason as Error));
      });
    start({ sleep });
    queue.fail(new Error('no connection'));
    await vi.waitFor(() => expect(log.of('receive.failed')).toHaveLength(1));
    await consumer.stop();
    expect(queue.receives).toHaveLength(1);
  });
});
