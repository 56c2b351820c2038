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

function hold(body: string) {
  return leases.hold(messageIn('g', body), clock.monotonic());
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
    hold('a');
    await beatAfter(3_000);
    expect(queue.calls).toEqual([]);
    await beatAfter(1_000);
    expect(queue.calls).toEqual([['changeVisibility', 'a', 12]]);
  });

  it('keeps an extended lease as long as it is extended', async () => {
    const { signal } = hold('a');
    for (let beat = 0; beat < 100; beat += 1) await beatAfter(1_000);
    expect(signal.aborted).toBe(false);
    expect(queue.calls).toHaveLength(25);
  });

  it('counts an extension from the time it was asked for, not from the answer', async () => {
    const { signal } = hold('a');
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
    const { signal } = hold('a');
    queue.refusal = refusal(name);
    await beatAfter(4_000);
    expect(signal.reason).toBeInstanceOf(LeaseLostError);
    expect(String(signal.reason)).toContain('the queue refused');
  });

  it('survives failures that pass, and tries again at each beat', async () => {
    const { signal } = hold('a');
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
    const { signal } = hold('a');
    queue.refusal = refusal('TimeoutError');
    for (let second = 1; second < 10; second += 1) await beatAfter(1_000);
    expect(signal.aborted).toBe(false);
    await beatAfter(1_000);
    expect(signal.reason).toBeInstanceOf(LeaseLostError);
  });

  it('asks once while an extension is under way', async () => {
    hold('a');
    let asked = 0;
    queue.changeVisibility = async () => {
      asked += 1;
      return new Promise(() => undefined);
    };
    for (let beat = 0; beat < 3; beat += 1) await beatAfter(2_500);
    expect(asked).toBe(1);
  });

  it('finds its leases lost after the process was suspended', async () => {
    const held = ['a', 'b'].map(hold);
    await beatAfter(3_600_000);
    expect(held.map(({ signal }) => signal.aborted)).toEqual([true, true]);
    expect(queue.calls).toEqual([]);
  });

  it('extends a released message no more', async () => {
    const message = hold('a');
    leases.release(message);
    await beatAfter(5_000);
    await beatAfter(60_000);
    expect(queue.calls).toEqual([]);
    expect(message.signal.aborted).toBe(false);
  });

  it('does not take the end of a settled message for a lost lease', async () => {
    const message = hold('a');
    queue.refusal = refusal('ReceiptHandleIsInvalid');
    clock.advance(4_000);
    leases.beat();
    leases.release(message);
    await turn();
    expect(message.signal.aborted).toBe(false);
  });
});
