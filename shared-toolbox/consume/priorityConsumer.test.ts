import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type ManualClock, manualClock } from '../testing/manualClock.ts';
import { memoryLog } from '../testing/memoryLog.ts';
import { type MemoryQueue, memoryQueue, messageIn } from '../testing/memoryQueue.ts';
import { type Consumer, type Settlement, startPriorityConsumer } from './index.ts';

let clock: ManualClock;
let [high, normal, low]: [MemoryQueue, MemoryQueue, MemoryQueue] = [
  memoryQueue(),
  memoryQueue(),
  memoryQueue(),
];
let gate: PromiseWithResolvers<void> | undefined;
let running: Map<string, PromiseWithResolvers<Settlement>>;
let consumer: Consumer;

beforeEach(() => {
  clock = manualClock();
  [high, normal, low] = [memoryQueue(), memoryQueue(), memoryQueue()];
  gate = undefined;
  running = new Map();
});

afterEach(async () => {
  const stopped = consumer.stop();
  for (const queue of [high, normal, low]) queue.endPolls();
  for (const body of running.keys()) end(body);
  await stopped;
});

function start(concurrency = 10): void {
  const { log } = memoryLog();
  const weights = [6, 3, 1];
  consumer = startPriorityConsumer({
    queues: [high, normal, low].map((queue, i) => ({ queue, log, weight: weights[i] ?? 1 })),
    leaseSeconds: 12,
    concurrency,
    gate: () => gate?.promise,
    handle: async ({ body }) => {
      const settled = Promise.withResolvers<Settlement>();
      running.set(body, settled);
      return settled.promise;
    },
    clock,
  });
}

function end(body: string): void {
  running.get(body)?.resolve({ kind: 'delete' });
}

const asked = () => [high, normal, low].map(({ receives }) => receives);

/** Long enough for everything that would happen without waiting for anything. */
async function settled(): Promise<void> {
  for (let i = 0; i < 20; i += 1) await turn();
}

describe('a consumer of several queues', () => {
  it('shares its slots out among their receives, and asks for no more than it has', async () => {
    start();
    await settled();
    expect(asked()).toEqual([[6], [2], [1]]);
  });

  it('gives the slots of those that are empty to the one that is not', async () => {
    start();
    await settled();
    high.give();
    normal.give();
    low.give(messageIn('a', 'a1'));
    await vi.waitFor(() => expect([...running.keys()]).toEqual(['a1']));
    await settled();
    expect(asked()).toEqual([[6], [2], [1, 9]]);
    expect(consumer.running).toBe(1);
  });

  it('settles each message in its own queue', async () => {
    start();
    high.give(messageIn('a', 'a1'));
    low.give(messageIn('b', 'b1'));
    await vi.waitFor(() => expect(running.size).toBe(2));
    end('a1');
    end('b1');
    await vi.waitFor(() => {
      expect([high, normal, low].map(({ calls }) => calls)).toEqual([
        [['delete', 'a1']],
        [],
        [['delete', 'b1']],
      ]);
    });
  });

  it('waits on all of them with one slot each while they are empty', async () => {
    start();
    for (const queue of [high, normal, low]) queue.give();
    await vi.waitFor(() =>
      expect(asked()).toEqual([
        [6, 1],
        [2, 1],
        [1, 1],
      ]),
    );
    expect(consumer.running).toBe(0);
  });

  it('goes on with the others while one fails', async () => {
    start();
    high.fail(new Error('away'));
    normal.give();
    low.give(messageIn('a', 'a1'));
    await vi.waitFor(() => expect([...running.keys()]).toEqual(['a1']));
    await vi.waitFor(() => expect(low.receives.length).toBeGreaterThan(1));
  });

  it('gives its turns back while its gate is closed', async () => {
    gate = Promise.withResolvers();
    start();
    await settled();
    expect(asked()).toEqual([[], [], []]);
    const { resolve } = gate;
    gate = undefined;
    resolve();
    await settled();
    expect(asked()).toEqual([[6], [2], [1]]);
  });

  it('takes more at the same time, or fewer, from one moment on', async () => {
    start(1);
    await settled();
    expect(asked().flat()).toEqual([1]);
    consumer.setConcurrency(10);
    await settled();
    expect(consumer.concurrency).toBe(10);
    expect(asked().flat().length).toBe(3);
  });

  it('is silent for as long as the most silent of them', async () => {
    start();
    await settled();
    clock.advance(5_000);
    high.give();
    normal.give();
    await settled();
    expect(consumer.silentMs).toBe(5_000);
    low.give();
    await settled();
    expect(consumer.silentMs).toBe(0);
  });

  it('stops though some wait for a slot, and returns what came too late', async () => {
    start(1);
    await settled();
    const polled = [high, normal, low].findIndex(({ receives }) => receives.length > 0);
    const stopped = consumer.stop();
    [high, normal, low][polled]?.give(messageIn('a', 'a1'));
    await stopped;
    expect([high, normal, low][polled]?.calls).toEqual([['changeVisibility', 'a1', 0]]);
    expect(asked().flat()).toEqual([1]);
  });
});
