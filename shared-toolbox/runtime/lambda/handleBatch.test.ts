import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { HeldMessage, Settlement } from '../../consume/index.ts';
import { systemClock } from '../../clock.ts';
import { type MemoryLog, memoryLog } from '../../testing/memoryLog.ts';
import { type MemoryQueue, memoryQueue, messageIn } from '../../testing/memoryQueue.ts';
import { WorkerStoppingError } from '../errors.ts';
import { handleBatch } from './handleBatch.ts';
import { InvocationTime } from './invocationTime.ts';

/** Until visible again: the invocation's minute, and what the event source mapping needs to delete. */
const HOLD = 90;

let queue: MemoryQueue;
let log: MemoryLog;
let remainingMs: number;
let time: InvocationTime;
let begun: string[];
let running: Map<string, PromiseWithResolvers<Settlement>>;
let signals: Map<string, AbortSignal>;

beforeEach(() => {
  queue = memoryQueue();
  log = memoryLog();
  remainingMs = 60_000;
  time = new InvocationTime(() => remainingMs);
  begun = [];
  running = new Map();
  signals = new Map();
});
afterEach(() => time[Symbol.dispose]());

async function handle({ body, signal }: HeldMessage): Promise<Settlement> {
  begun.push(body);
  signals.set(body, signal);
  const settled = Promise.withResolvers<Settlement>();
  running.set(body, settled);
  return settled.promise;
}

/** Handles messages named by their group and number, such as `a1`; resolves to the names of those that come back. */
async function run(names: readonly string[], concurrency = 10): Promise<string[]> {
  const messages = names.map((name) => messageIn(name.charAt(0), name));
  const options = { queue, time, concurrency, handle, clock: systemClock, log: log.log };
  const back = await handleBatch(options, messages);
  return back.map(({ body }) => body).toSorted();
}

function end(body: string, settlement: Settlement = { kind: 'delete' }): void {
  running.get(body)?.resolve(settlement);
}

async function untilBegun(...bodies: string[]): Promise<void> {
  await vi.waitFor(() => expect(begun).toEqual(bodies));
}

/** What was asked of the queue once it held the batch. */
function settlements() {
  return queue.calls.filter(([verb, , detail]) => verb !== 'changeVisibility' || detail !== HOLD);
}

describe('a batch', () => {
  it('is handled group by group, the groups side by side', async () => {
    const back = run(['a1', 'b1', 'a2']);
    await untilBegun('a1', 'b1');
    end('b1');
    end('a1');
    await untilBegun('a1', 'b1', 'a2');
    end('a2');
    expect(await back).toEqual([]);
  });

  it('comes back from the first message of a group that does, and from that group alone', async () => {
    const back = run(['a1', 'a2', 'b1', 'a3', 'b2']);
    await untilBegun('a1', 'b1');
    end('a1');
    await untilBegun('a1', 'b1', 'a2');
    end('a2', { kind: 'hide', seconds: 20 });
    end('b1');
    await untilBegun('a1', 'b1', 'a2', 'b2');
    end('b2');
    expect(await back).toEqual(['a2', 'a3']);
    expect(settlements()).toEqual(
      expect.arrayContaining([
        ['changeVisibility', 'a2', 20],
        ['changeVisibility', 'a3', 0],
      ]),
    );
  });

  it.each([
    { settlement: { kind: 'return' }, first: ['changeVisibility', 'a1', 0] },
    { settlement: { kind: 'hide', seconds: 5 }, first: ['changeVisibility', 'a1', 5] },
    { settlement: { kind: 'leave' }, first: undefined },
  ] as const)('makes the rest of a group visible after $settlement', async (given) => {
    const back = run(['a1', 'a2', 'a3']);
    await untilBegun('a1');
    end('a1', given.settlement);
    expect(await back).toEqual(['a1', 'a2', 'a3']);
    // In this order: what comes later in its group must never be the first that can be received.
    expect(settlements()).toEqual([
      ...(given.first ? [given.first] : []),
      ['changeVisibility', 'a2', 0],
      ['changeVisibility', 'a3', 0],
    ]);
  });

  it('goes on after a message for the dead letters, unless that did not get there', async () => {
    const back = run(['a1', 'a2', 'b1', 'b2']);
    await untilBegun('a1', 'b1');
    end('a1', { kind: 'deadLetter', reason: 'no JSON' });
    await untilBegun('a1', 'b1', 'a2');
    end('a2');
    await vi.waitFor(() => expect(settlements()).toContainEqual(['delete', 'a2']));
    queue.refusal = new Error('no connection');
    end('b1', { kind: 'deadLetter', reason: 'no JSON' });
    expect(await back).toEqual(['b1', 'b2']);
    expect(settlements()).toContainEqual(['deadLetter', 'a1', 'no JSON']);
  });

  it('has no more groups at work than the worker has places', async () => {
    const back = run(['a1', 'b1', 'c1', 'a2'], 2);
    await untilBegun('a1', 'b1');
    end('b1');
    await untilBegun('a1', 'b1', 'c1');
    end('c1');
    end('a1');
    await untilBegun('a1', 'b1', 'c1', 'a2');
    end('a2');
    expect(await back).toEqual([]);
  });
});

describe('the messages of an invocation', () => {
  it('are hidden no longer than it can last, so that what dies with it comes back', async () => {
    const back = run(['a1']);
    await untilBegun('a1');
    expect(queue.calls).toEqual([['changeVisibility', 'a1', HOLD]]);
    end('a1');
    await back;
  });

  it("are not begun when they are somebody else's by now, nor is what follows them", async () => {
    queue.changeVisibility = async ({ body }) => {
      if (body === 'a1') throw Object.assign(new Error('void'), { name: 'MessageNotInflight' });
    };
    const back = run(['a1', 'a2', 'b1']);
    await untilBegun('b1');
    end('b1');
    expect(await back).toEqual(['a1', 'a2']);
    expect(log.of('lease.lost')).toHaveLength(1);
  });

  it('are handled although the queue does not answer', async () => {
    queue.refusal = new Error('no connection');
    const back = run(['a1']);
    await untilBegun('a1');
    end('a1');
    expect(await back).toEqual(['a1']);
    expect(signals.get('a1')?.aborted).toBe(false);
  });

  it('are not begun near its end, however busy the process was', async () => {
    const back = run(['a1', 'a2']);
    await untilBegun('a1');
    remainingMs = 15_000;
    end('a1');
    expect(await back).toEqual(['a2']);
    expect(begun).toEqual(['a1']);
    expect(time.stopping.reason).toBeInstanceOf(WorkerStoppingError);
  });

  it('go back near its end without waiting for a place', async () => {
    const back = run(['a1', 'b1'], 1);
    await untilBegun('a1');
    remainingMs = 15_000;
    await vi.waitFor(() => expect(settlements()).toEqual([['changeVisibility', 'b1', 0]]), 5_000);
    end('a1', { kind: 'return' });
    expect(await back).toEqual(['a1', 'b1']);
  });
});
