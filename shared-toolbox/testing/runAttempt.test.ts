import { describe, expect, expectTypeOf, it } from 'vitest';
import { z } from 'zod';
import {
  chain,
  defineTask,
  defineWorker,
  implement,
  NonRetryableError,
  RetryAfter,
  secret,
  signature,
  Snooze,
  type TaskContext,
} from '../contract/index.ts';
import { runAttempt } from './index.ts';

const pack = defineTask('export.pack', {
  input: z.object({
    project: z.string(),
    pin: secret(z.string()).optional(),
    pages: z.int().default(2),
  }),
  output: z.object({ file: z.string() }),
  retry: { maxAttempts: 3, backoff: { initial: '2s', factor: 2, jitter: false }, maxSnoozes: 1 },
  softTimeLimit: '5m',
  timeLimit: '10m',
});
const count = defineTask('tally.count', { input: z.object({ of: z.string() }), output: z.int() });
const input = { project: 'p1' };

/** Ends as its signal says. */
async function obedient(_input: unknown, { signal }: TaskContext): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error));
  });
}

describe('an attempt that succeeds', () => {
  it('gives what handle.result() would give, of its type', async () => {
    const end = await runAttempt(pack, ({ project, pages }) => ({ file: project + pages }), input);
    expectTypeOf(end.output).toEqualTypeOf<{ file: string }>();
    expect(end.output).toEqual({ file: 'p12' });
  });

  it('finds its handler in the implementation of its worker', async () => {
    const worker = defineWorker('export', { tasks: [pack] });
    const implementation = implement(worker, { 'export.pack': () => ({ file: 'one' }) });
    expect((await runAttempt(pack, implementation, input)).output).toEqual({ file: 'one' });
    expect(() => runAttempt(count, implementation, { of: 'x' })).toThrow(
      'unknown task "tally.count"',
    );
  });

  it('tells what it said, reported, stored and scheduled', async () => {
    const end = await runAttempt(
      pack,
      async ({ project }, ctx) => {
        ctx.log.info('packing', { project });
        ctx.progress(0.5, 'half');
        const part = await ctx.artifacts.read('artifact:uploads/part');
        await ctx.artifacts.write('p1.zip', part, 'application/zip');
        await ctx.schedule(count, { of: project }, { delay: '1m' });
        await ctx.start(chain(signature(count, { of: project })));
        return { file: 'p1.zip' };
      },
      input,
      { creator: 'u7', files: { 'artifact:uploads/part': Buffer.from('part') } },
    );
    expect(end.logged).toMatchObject([{ level: 'info', message: 'packing', fields: input }]);
    expect(end.progress).toEqual([{ fraction: 0.5, note: 'half' }]);
    expect([...end.stored]).toEqual([
      ['artifact:export/p1.zip', { body: Buffer.from('part'), contentType: 'application/zip' }],
    ]);
    expect(end.scheduled).toMatchObject([
      { task: 'tally.count', input: { of: 'p1' }, creator: 'u7', dueAt: 1_700_000_060_000 },
    ]);
    expect(end.started).toMatchObject([{ canvas: { kind: 'chain' } }]);
  });

  it('waits for tasks whose results the test says', async () => {
    const handler = async (_input: unknown, ctx: TaskContext) => {
      const handle = await ctx.schedule(count, { of: 'x' });
      return { file: String(await handle.result()) };
    };
    const results = { 'tally.count': 7 };
    expect((await runAttempt(pack, handler, input, { results })).output).toEqual({ file: '7' });
    const { outcome } = await runAttempt(pack, handler, input);
    expect(outcome).toMatchObject({ error: { message: expect.stringContaining("'tally.count'") } });
  });
});

describe('what the contract refuses', () => {
  it('fails the attempt at once, input and output', async () => {
    const handler = () => ({ file: 'x' });
    // @ts-expect-error: a project is a text
    const bad = await runAttempt(pack, handler, { project: 1 });
    expect(bad.outcome).toMatchObject({ kind: 'failed', error: { name: 'ValidationError' } });
    // @ts-expect-error: a file is a text
    const worse = await runAttempt(pack, () => ({ file: 1 }), input);
    expect(worse.outcome).toMatchObject({ kind: 'failed', error: { field: 'file' } });
  });

  it('is thrown to a handler that schedules it', async () => {
    const handler = async (_input: unknown, ctx: TaskContext) => {
      // @ts-expect-error: counts of a text
      await ctx.schedule(count, { of: 1 });
      return { file: '' };
    };
    const { outcome, scheduled } = await runAttempt(pack, handler, input);
    expect(outcome).toMatchObject({ error: { name: 'ValidationError' } });
    expect(scheduled).toEqual([]);
  });
});

describe('an attempt that throws', () => {
  const throwing = (error: Error) => (): never => {
    throw error;
  };

  it.each([
    [1, { kind: 'retrying', delayMs: 2_000 }],
    [2, { kind: 'retrying', delayMs: 4_000 }],
    [3, { kind: 'failed' }],
  ])('is tried again as its policy says: attempt %i', async (attempt, outcome) => {
    const end = await runAttempt(pack, throwing(new Error('no')), input, { attempt });
    expect(end.outcome).toMatchObject(outcome);
    expect(() => end.output).toThrow(`ended as ${outcome.kind}: Error: no`);
  });

  it('says itself what follows', async () => {
    const kinds = [new NonRetryableError('no'), new RetryAfter('7s'), new Snooze('8s')];
    const ends = await Promise.all(
      kinds.map(async (error) => (await runAttempt(pack, throwing(error), input)).outcome),
    );
    expect(ends).toMatchObject([
      { kind: 'failed' },
      { kind: 'retrying', delayMs: 7_000 },
      { kind: 'snoozed', delayMs: 8_000 },
    ]);
    const snoozed = await runAttempt(pack, throwing(new Snooze('8s')), input, { snoozes: 1 });
    expect(snoozed.outcome).toMatchObject({ kind: 'failed', error: { code: 'snoozes_exhausted' } });
  });

  it('tells a handler how often it has thrown Snooze, so that its pauses can grow', async () => {
    const handler = (_input: unknown, { snoozes }: TaskContext) => ({ file: `after ${snoozes}` });
    const end = await runAttempt(pack, handler, input, { snoozes: 1 });
    expect(end.output).toEqual({ file: 'after 1' });
  });

  it('shows no secret of its input', async () => {
    const handler = ({ pin = '' }, { log, progress }: TaskContext) => {
      log.warn(`pin ${pin}`, { pin });
      progress(0.1, `with ${pin}`);
      throw new Error(`refused ${pin}`);
    };
    const end = await runAttempt(pack, handler, { ...input, pin: 'hunter22' });
    expect(end.outcome).toMatchObject({ error: { message: 'refused [secret]' } });
    expect(JSON.stringify([end.logged, end.progress])).not.toContain('hunter22');
  });
});

describe('an attempt that is ended from outside', () => {
  it('is at its time limit by the clock', async () => {
    const run = runAttempt(pack, obedient, input);
    run.pass('5m');
    const { outcome } = await run;
    expect(outcome).toMatchObject({ kind: 'retrying', error: { name: 'TimeLimitError' } });
  });

  it('is given up when its handler ignores the signal', async () => {
    const run = runAttempt(pack, () => new Promise<never>(() => undefined), input);
    run.pass('10m');
    run.pass('5s');
    expect((await run).outcome).toMatchObject({ kind: 'retrying' });
  });

  it.each([
    ['cancelled', (run: ReturnType<typeof runAttempt>) => run.cancel('u7')],
    ['lost', (run: ReturnType<typeof runAttempt>) => run.loseLease()],
    ['released', (run: ReturnType<typeof runAttempt>) => run.stopWorker()],
  ])('is %s', async (kind, end) => {
    const run = runAttempt(pack, obedient, input);
    end(run);
    expect((await run).outcome).toMatchObject({ kind });
  });

  it('knows when its time ends', async () => {
    const { output } = await runAttempt(
      pack,
      (_, ctx) => ({ file: String(ctx.deadlineAt) }),
      input,
    );
    expect(output.file).toBe('1700000300000');
  });
});
