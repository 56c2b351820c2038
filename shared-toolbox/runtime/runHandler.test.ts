import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { systemClock, type Timer } from '../clock.ts';
import { LeaseLostError } from '../consume/index.ts';
import { defineTask, type TaskContext, type TaskOptions } from '../contract/index.ts';
import { WorkerStoppingError } from './errors.ts';
import { callHandler } from './pool/callHandler.ts';
import { UNRESPONSIVE_AFTER_MS } from './pool/handlerPool.ts';
import { runHandler } from './runHandler.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const id = `notes_${'0a'.repeat(16)}` as const;
const onUnresponsive = vi.fn<() => Promise<void>>(async () => undefined);

/** The system's, and besides as many milliseconds on as the handler has kept the event loop busy. */
function timerOfBusyLoop(ms: number, act: () => void): Timer {
  const timer = systemClock.timer(ms, act);
  return { ...timer, isOver: () => now.ms > ms || timer.isOver() };
}

interface Run {
  readonly options?: Partial<TaskOptions<z.ZodType, z.ZodType>>;
  readonly input?: string;
  readonly lease?: AbortController;
  readonly handler: (input: unknown, context: TaskContext) => unknown;
}

/** How long the handler has kept the event loop busy. */
const now = { ms: 0 };

async function run({ options, input = 'text', lease = new AbortController(), handler }: Run) {
  onUnresponsive.mockClear();
  now.ms = 0;
  const task = defineTask('notes.add', { input: z.string(), output: z.string(), ...options });
  const message = { v: 1 as const, id, task: task.name, input, root: id, createdAt: 1 };
  const signal = lease.signal;
  return runHandler({
    attempt: { message, task, handler, number: 1, token: 1, snoozes: 0, startedAt: 0, signal },
    begin: (seen) => ({
      output: callHandler({ task, handler, input }, { signal: seen } as TaskContext),
      graceMs: () => UNRESPONSIVE_AFTER_MS,
      abandon: onUnresponsive,
    }),
    clock: { random: () => 0, timer: timerOfBusyLoop },
  });
}

/** Ends after the time, whatever its signal says. */
async function stubborn(ms: number): Promise<string> {
  return new Promise((resolve) => setTimeout(() => resolve('done'), ms));
}

/** Ends as its signal says. */
async function obedient({ signal }: TaskContext): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error));
  });
}

describe('the handler', () => {
  it('has failed when it returns after its time without ever having yielded', async () => {
    const outcome = await run({
      options: { timeLimit: '5s' },
      handler: () => {
        now.ms += 5_001;
        return 'done';
      },
    });
    expect(outcome).toMatchObject({ kind: 'retrying', error: { name: 'TimeLimitError' } });
  });

  it('gets its input with defaults and transforms applied', async () => {
    const handler = vi.fn<Run['handler']>(() => 'done');
    await run({ options: { input: z.string().transform((text) => text.length) }, handler });
    expect(handler.mock.calls[0]).toMatchObject([4, {}]);
  });

  it('fails at once on input that no longer fits, with the field named', async () => {
    const handler = vi.fn<Run['handler']>(() => 'done');
    const outcome = await run({ options: { input: z.object({ to: z.email() }) }, handler });
    expect(outcome).toMatchObject({ kind: 'failed', error: { name: 'ValidationError' } });
    expect(handler).not.toHaveBeenCalled();
  });

  it('fails at once on output that does not fit', async () => {
    const outcome = await run({ handler: () => 1 });
    expect(outcome).toMatchObject({ kind: 'failed', error: { field: '(root)' } });
  });

  it.each([
    [Number.NaN, null],
    [undefined, null],
    [new Date(0), '1970-01-01T00:00:00.000Z'],
    [{ a: undefined, b: '\u0000' }, { b: '\u0000' }],
  ])('is recorded as JSON gives it back: %s', async (returned, output) => {
    const outcome = await run({ options: { output: z.json() }, handler: () => returned });
    expect(outcome).toEqual({ kind: 'succeeded', output });
  });

  it('is recorded without what its schema does not know', async () => {
    const output = z.object({ id: z.int() });
    const handler = () => ({ id: 1, passwordHash: 'x' });
    expect(await run({ options: { output }, handler })).toEqual({
      kind: 'succeeded',
      output: { id: 1 },
    });
  });

  it('fails at once on an output of more than 50 MiB', async () => {
    const most = 50 * 1_048_576;
    // Two bytes are the quotes.
    expect(await run({ handler: () => 'x'.repeat(most - 2) })).toMatchObject({ kind: 'succeeded' });
    const outcome = await run({ handler: () => 'x'.repeat(most - 1) });
    expect(outcome).toMatchObject({
      kind: 'failed',
      error: { name: 'TooLargeError', sizeBytes: most + 1, maximumBytes: most },
    });
  });

  it('may throw before its first await', async () => {
    const outcome = await run({
      handler: () => {
        throw new Error('no');
      },
    });
    expect(outcome).toMatchObject({ kind: 'retrying', error: { message: 'no' } });
  });
});

describe('time limits', () => {
  it('end an attempt whose handler follows its signal', async () => {
    const running = run({
      options: { timeLimit: '10s' },
      handler: async (_, context) => obedient(context),
    });
    await vi.advanceTimersByTimeAsync(10_000);
    expect(await running).toMatchObject({ kind: 'retrying', error: { name: 'TimeLimitError' } });
    expect(onUnresponsive).not.toHaveBeenCalled();
  });

  it('leave a handler that ignores its signal behind, and say so', async () => {
    const running = run({
      options: { timeLimit: '10s' },
      handler: async () => stubborn(3_600_000),
    });
    await vi.advanceTimersByTimeAsync(15_000);
    expect(await running).toMatchObject({ kind: 'retrying', error: { name: 'TimeLimitError' } });
    expect(onUnresponsive).toHaveBeenCalledTimes(1);
  });

  it('fail what returns after the hard one', async () => {
    const running = run({ options: { timeLimit: '10s' }, handler: async () => stubborn(11_000) });
    await vi.advanceTimersByTimeAsync(11_000);
    expect(await running).toMatchObject({ kind: 'retrying', error: { name: 'TimeLimitError' } });
  });

  it('abort the signal at the soft one', async () => {
    const options = { softTimeLimit: '5s', timeLimit: '10s' } as const;
    const running = run({ options, handler: async (_, context) => obedient(context) });
    await vi.advanceTimersByTimeAsync(5_000);
    expect(await running).toMatchObject({ error: { message: expect.stringContaining('5000 ms') } });
  });

  it('leave a handler all the time between the soft one and the hard one to finish', async () => {
    const options = { softTimeLimit: '5s', timeLimit: '1m' } as const;
    const running = run({ options, handler: async () => stubborn(50_000) });
    await vi.advanceTimersByTimeAsync(50_000);
    expect(await running).toEqual({ kind: 'succeeded', output: 'done' });
    expect(onUnresponsive).not.toHaveBeenCalled();
  });

  it('leave no timer behind', async () => {
    await run({ options: { softTimeLimit: '5s' }, handler: () => 'done' });
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('an attempt that is aborted', () => {
  it.each([
    ['lost', new LeaseLostError('gone')],
    ['released', new WorkerStoppingError('stop')],
  ])('is %s, at the latest some seconds after', async (kind, reason) => {
    const lease = new AbortController();
    const running = run({ lease, handler: async () => stubborn(3_600_000) });
    lease.abort(reason);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(await running).toEqual({ kind });
    expect(onUnresponsive).toHaveBeenCalledTimes(1);
  });

  it('is no news for a handler that has returned', async () => {
    const lease = new AbortController();
    const heard = vi.fn<() => void>();
    const handler = (_input: unknown, { signal }: TaskContext) => {
      signal.addEventListener('abort', heard);
      return 'done';
    };
    await run({ lease, handler });
    lease.abort(new WorkerStoppingError('stop'));
    expect(heard).not.toHaveBeenCalled();
  });

  it('counts when the handler has finished all the same', async () => {
    const lease = new AbortController();
    const running = run({ lease, handler: async () => stubborn(1_000) });
    lease.abort(new LeaseLostError('gone'));
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await running).toEqual({ kind: 'succeeded', output: 'done' });
  });
});
