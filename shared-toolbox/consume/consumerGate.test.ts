import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type ManualClock, manualClock } from '../testing/manualClock.ts';
import { memoryLog } from '../testing/memoryLog.ts';
import { type MemoryQueue, memoryQueue, messageIn } from '../testing/memoryQueue.ts';
import { type Consumer, type Settlement, startConsumer } from './index.ts';

let clock: ManualClock;
let queue: MemoryQueue;
let gate: PromiseWithResolvers<void> | undefined;
let running: PromiseWithResolvers<Settlement>;
let consumer: Consumer;

beforeEach(() => {
  clock = manualClock();
  queue = memoryQueue();
  gate = undefined;
  running = Promise.withResolvers();
});

afterEach(async () => {
  const stopped = consumer.stop();
  running.resolve({ kind: 'delete' });
  queue.endPolls();
  await stopped;
});

function start(concurrency = 2): void {
  consumer = startConsumer({
    queue,
    leaseSeconds: 12,
    concurrency,
    gate: () => gate?.promise,
    handle: async () => running.promise,
    clock,
    log: memoryLog().log,
  });
}

/** Long enough for everything that would happen without waiting for anything. */
async function settled(): Promise<void> {
  for (let i = 0; i < 20; i += 1) await turn();
}

function shut(): PromiseWithResolvers<void> {
  return (gate = Promise.withResolvers());
}

function open(closed: PromiseWithResolvers<void>): void {
  gate = undefined;
  closed.resolve();
}

describe('a consumer whose gate is closed', () => {
  it('receives nothing until it opens', async () => {
    const closed = shut();
    start();
    await settled();
    expect(queue.receives).toEqual([]);
    open(closed);
    await vi.waitFor(() => expect(queue.receives).toEqual([2]));
  });

  it('receives no more once it closes, and looks again when it has opened', async () => {
    start();
    await vi.waitFor(() => expect(queue.receives).toHaveLength(1));
    const [first, second] = [shut(), Promise.withResolvers<void>()];
    queue.give();
    await settled();
    gate = second;
    first.resolve();
    await settled();
    expect(queue.receives).toHaveLength(1);
    open(second);
    await vi.waitFor(() => expect(queue.receives).toHaveLength(2));
  });

  it('stops without waiting for it', async () => {
    shut();
    start();
    await settled();
    await consumer.stop();
    expect(queue.receives).toEqual([]);
  });
});

describe('the silence of a consumer', () => {
  it('is the time since a receive last succeeded, whether or not it brought anything', async () => {
    start();
    await vi.waitFor(() => expect(queue.receives).toHaveLength(1));
    clock.advance(70_000);
    expect(consumer.silentMs).toBe(70_000);
    queue.give();
    await vi.waitFor(() => expect(queue.receives).toHaveLength(2));
    expect(consumer.silentMs).toBe(0);
  });

  it('grows while receives fail, over their pauses too', async () => {
    start();
    for (let i = 0; i < 3; i += 1) queue.fail(new Error('no connection'));
    await vi.waitFor(() => expect(queue.receives).toHaveLength(4));
    expect(consumer.silentMs).toBe(150 + 300 + 600);
  });

  it('does not grow while the gate is closed', async () => {
    start();
    await vi.waitFor(() => expect(queue.receives).toHaveLength(1));
    const closed = shut();
    clock.advance(5_000);
    queue.fail(new Error('no connection'));
    await settled();
    const before = consumer.silentMs;
    clock.advance(1_000_000);
    expect(consumer.silentMs).toBe(before);
    open(closed);
    await vi.waitFor(() => expect(queue.receives).toHaveLength(2));
    clock.advance(1_000);
    expect(consumer.silentMs).toBe(before + 1_000);
  });

  it('does not grow while every slot is taken', async () => {
    start(1);
    queue.give(messageIn('a', 'a1'));
    await vi.waitFor(() => expect(consumer.running).toBe(1));
    await settled();
    clock.advance(1_000_000);
    expect(consumer.silentMs).toBe(0);
    running.resolve({ kind: 'delete' });
    await vi.waitFor(() => expect(queue.receives).toHaveLength(2));
    expect(consumer.silentMs).toBe(0);
  });
});
