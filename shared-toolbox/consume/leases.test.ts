import { setImmediate as turn } from 'node:timers/promises';
import { beforeEach, describe, expect, it } from 'vitest';
import { type ManualClock, manualClock } from '../testing/manualClock.ts';
import { type MemoryQueue, memoryQueue, messageIn } from '../testing/memoryQueue.ts';
import { LeaseLostError } from './index.ts';
import { Leases } from './leases.ts';

let clock: ManualClock;
let queue: MemoryQueue;
let leases: Leases;
beforeEach(() => {
  clock = manualClock();
  queue = memoryQueue();
  leases = new Leases({ queue, leaseSeconds: 12, clock });
});

async function hold(body: string, askedAt = clock.monotonic()) {
  const [held] = await leases.hold([messageIn('g', body)], askedAt);
  return held!;
}

async function beatAfter(ms: number): Promise<void> {
  clock.advance(ms);
  leases.beat();
  await turn();
  await turn();
}

function refusal(name: string): Error {
  return Object.assign(new Error('no'), { name });
}

describe('Leases', () => {
  it('extends a lease once a third of it has passed', async () => {
    await hold('a');
    await beatAfter(3_000);
    expect(queue.calls).toEqual([]);
    await beatAfter(1_000);
    expect(queue.calls).toEqual([['changeVisibility', 'a', 12]]);
  });

  it('keeps an extended lease as long as it is extended', async () => {
    const { signal } = await hold('a');
    for (let beat = 0; beat < 100; beat += 1) await beatAfter(1_000);
    expect(signal.aborted).toBe(false);
    expect(queue.calls).toHaveLength(25);
  });

  it('counts an extension from the time it was asked for, not from the answer', async () => {
    const { signal } = await hold('a');
    const { promise, resolve } = Promise.withResolvers<void>();
    queue.changeVisibility = async () => promise;
    await beatAfter(4_000);
    clock.advance(5_000);
    resolve();
    await turn();
    // Asked for at 4 s, it ends at 16 s and is given up at 14 s.
    queue.changeVisibility = async () => Promise.reject(new Error('slow'));
    await beatAfter(4_999);
    expect(signal.aborted).toBe(false);
    await beatAfter(1);
    expect(signal.aborted).toBe(true);
  });

  it.each([
    'ReceiptHandleIsInvalid',
    'AWS.SimpleQueueService.MessageNotInflight',
    'InvalidParameterValue',
  ])('is lost when the queue refuses with %s', async (name) => {
    const { signal } = await hold('a');
    queue.refusal = refusal(name);
    await beatAfter(4_000);
    expect(signal.reason).toBeInstanceOf(LeaseLostError);
    expect(String(signal.reason)).toContain('the queue refused');
  });

  it('survives failures that pass, and tries again at each beat', async () => {
    const { signal } = await hold('a');
    queue.refusal = refusal('ThrottlingException');
    await beatAfter(4_000);
    await beatAfter(1_000);
    queue.refusal = undefined;
    await beatAfter(1_000);
    expect(queue.calls).toEqual([['changeVisibility', 'a', 12]]);
    await beatAfter(9_000);
    expect(signal.aborted).toBe(false);
  });

  it('gives up before the lease ends when no extension got through', async () => {
    const { signal } = await hold('a');
    queue.refusal = refusal('TimeoutError');
    for (let second = 1; second < 10; second += 1) await beatAfter(1_000);
    expect(signal.aborted).toBe(false);
    await beatAfter(1_000);
    expect(signal.reason).toBeInstanceOf(LeaseLostError);
  });

  it('asks once while an extension is under way', async () => {
    await hold('a');
    let asked = 0;
    queue.changeVisibility = async () => {
      asked += 1;
      return new Promise(() => undefined);
    };
    for (let beat = 0; beat < 3; beat += 1) await beatAfter(2_500);
    expect(asked).toBe(1);
  });

  it('finds its leases lost after the process was suspended', async () => {
    const held = [await hold('a'), await hold('b')];
    await beatAfter(3_600_000);
    expect(held.map(({ signal }) => signal.aborted)).toEqual([true, true]);
    expect(queue.calls).toEqual([]);
  });

  it('counts from when the receive was asked for', async () => {
    clock.advance(10_000);
    const { signal, isHeld } = await hold('a', 8_000);
    expect([queue.calls, isHeld()]).toEqual([[], true]);
    queue.refusal = refusal('TimeoutError');
    await beatAfter(7_999);
    expect(signal.aborted).toBe(false);
    await beatAfter(1);
    expect(signal.aborted).toBe(true);
  });

  it('extends what came late before anybody sees it', async () => {
    clock.advance(60_000);
    const { signal, isHeld } = await hold('a', 57_999);
    expect(queue.calls).toEqual([['changeVisibility', 'a', 12]]);
    expect(isHeld()).toBe(true);
    await beatAfter(3_999);
    expect(queue.calls).toHaveLength(1);
    await beatAfter(1);
    expect(queue.calls).toHaveLength(2);
    expect(signal.aborted).toBe(false);
  });

  it('gives up what came late and cannot be extended', async () => {
    clock.advance(60_000);
    queue.refusal = refusal('ReceiptHandleIsInvalid');
    const { signal, isHeld } = await hold('a', 0);
    expect([signal.aborted, isHeld()]).toEqual([true, false]);
    expect(signal.reason).toBeInstanceOf(LeaseLostError);
  });

  it('leaves what came late to its extension, however long that takes', async () => {
    clock.advance(60_000);
    const { promise, resolve } = Promise.withResolvers<void>();
    queue.changeVisibility = async () => promise;
    const holding = hold('a', 0);
    await beatAfter(9_999);
    resolve();
    const { isHeld } = await holding;
    expect(isHeld()).toBe(true);
    clock.advance(1);
    expect(isHeld()).toBe(false);
  });

  it('is found lost without a beat when the clock says so', async () => {
    const { signal, isHeld } = await hold('a');
    clock.advance(9_999);
    expect(isHeld()).toBe(true);
    clock.advance(1);
    expect([isHeld(), signal.aborted]).toEqual([false, true]);
    expect(signal.reason).toBeInstanceOf(LeaseLostError);
  });

  it('extends a released message no more', async () => {
    const message = await hold('a');
    leases.release(message);
    await beatAfter(5_000);
    await beatAfter(60_000);
    expect(queue.calls).toEqual([]);
    expect(message.signal.aborted).toBe(false);
  });

  it('does not take the end of a settled message for a lost lease', async () => {
    const message = await hold('a');
    queue.refusal = refusal('ReceiptHandleIsInvalid');
    clock.advance(4_000);
    leases.beat();
    leases.release(message);
    await turn();
    expect(message.signal.aborted).toBe(false);
  });
});
