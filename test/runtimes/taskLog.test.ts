import { NonRetryableError } from '@taskfleet/toolbox/contract';
import { readLog } from '@taskfleet/toolbox/table';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addNote, limitedNote, orderNote } from '../toolbox/notesFleet.ts';
import { WorkerBench } from '../toolbox/workerBench.ts';
import { type EndableRuntime, startFargate, startLambda } from './runtimes.ts';

/** Longer than a line waits for its write. */
const PATIENCE = { timeout: 20_000 } as const;

/** Opens with the first call of the table that fails. */
const breaker = { volumeThreshold: 1, errorPercentage: 1 } as const;

describe.each([
  { runtime: 'Fargate', start: startFargate, processes: 1 },
  { runtime: 'Lambda', start: startLambda, processes: 2 },
])('what a handler says on $runtime', ({ start, processes }) => {
  let bench: WorkerBench<EndableRuntime>;
  beforeAll(async () => {
    bench = await WorkerBench.open<EndableRuntime>((options) => start({ ...options, breaker }));
  });
  afterAll(async () => bench.close());

  const schedule = async (input = {}) =>
    bench.stack.scheduler.schedule(addNote, { text: 'x', ...input });
  const logOf = async (id: Awaited<ReturnType<typeof schedule>>['id']) =>
    readLog(bench.stack.table, id);

  it('is kept while it goes on, and to its end', async () => {
    const seen = Promise.withResolvers<void>();
    bench.start(async (_input, { log }) => {
      log.info('begun', { rows: 2 });
      log.warn('slow');
      await seen.promise;
      log.error('ended');
      return { length: 1 };
    });
    const handle = await schedule();
    const at = expect.any(Number);
    const begun = [
      { at, level: 'info', message: 'begun', fields: { rows: 2 } },
      { at, level: 'warn', message: 'slow' },
    ];
    const first = { attempt: 1, token: 1, said: 2, lines: begun };
    await expect.poll(async () => logOf(handle.id), PATIENCE).toEqual(first);
    seen.resolve();
    await handle.result({ timeout: '15s' });
    const whole = [...begun, { at, level: 'error', message: 'ended' }];
    await expect.poll(async () => (await logOf(handle.id))?.lines, PATIENCE).toEqual(whole);
  });

  it('is kept when it fails, without the secrets of its input', async () => {
    bench.start((input, { log }) => {
      log.info('got hunter22', { input });
      throw new NonRetryableError('no');
    });
    const { id } = await schedule({ pin: 'hunter22' });
    await expect
      .poll(async () => logOf(id), PATIENCE)
      .toMatchObject({
        lines: [{ message: 'got [secret]', fields: { input: { text: 'x', pin: '[secret]' } } }],
      });
    await bench.untilState(id, 'failed');
    expect(JSON.stringify(bench.lines)).toContain('got [secret]');
    expect(JSON.stringify(bench.lines)).not.toContain('hunter22');
  });

  it('has no secret in its progress, nor in the error of its record', async () => {
    bench.start((_input, context) => {
      context.progress(0.5, 'as hunter22');
      throw new NonRetryableError('hunter22 is no pin', { cause: new Error('hunter22') });
    });
    const { id } = await schedule({ pin: 'hunter22' });
    await bench.untilState(id, 'failed');
    const record = await bench.stack.recordOf(id);
    expect(record).toMatchObject({
      error: { message: '[secret] is no pin' },
      errors: [{ message: '[secret] is no pin', stack: expect.stringContaining('[secret]') }],
      progress: { note: 'as [secret]' },
    });
    expect(JSON.stringify(record)).not.toContain('hunter22');
  });

  it('is of the last attempt that said something worth it', async () => {
    bench.start((_input, { log, attempt }) => {
      log.info(`attempt ${attempt}`);
      if (attempt < 3) throw new Error('again');
      return { length: 1 };
    });
    const handle = await schedule();
    await handle.result({ timeout: '15s' });
    const second = { attempt: 2, token: 2, lines: [{ message: 'attempt 2' }] };
    await expect.poll(async () => logOf(handle.id), PATIENCE).toMatchObject(second);
  });

  it('is kept when its time is over', async () => {
    bench.start(async (_input, { log, signal }) => {
      log.info('last words');
      await once(signal, 'abort');
    });
    const { id } = await bench.stack.scheduler.schedule(limitedNote, {});
    await bench.untilState(id, 'failed');
    const kept = { lines: [{ message: 'last words' }] };
    await expect.poll(async () => logOf(id), PATIENCE).toMatchObject(kept);
  });

  it('costs nothing when it succeeds soon', async () => {
    bench.start((_input, { log }) => {
      log.info('done');
      return { length: 1 };
    });
    const handle = await schedule();
    await handle.result({ timeout: '15s' });
    // Nothing of the task is under way any more.
    await bench.untilQueueEmpty();
    expect(await logOf(handle.id)).toBeUndefined();
  });

  it('is not kept where the contract says so', async () => {
    bench.start((_input, { log }) => {
      log.info('not for you');
      throw new NonRetryableError('no');
    });
    const input = { notebook: 'a', n: 1 };
    const { id } = await bench.stack.scheduler.schedule(orderNote, input);
    await bench.untilState(id, 'failed');
    await bench.untilQueueEmpty();
    expect(await logOf(id)).toBeUndefined();
  });

  it("is nobody's to fail or to wait over when it may not be written", async () => {
    const { dynamodb } = bench.stack.clients;
    dynamodb.middlewareStack.add(
      (next) => async (args) => {
        if (!JSON.stringify(args.input).includes('log#')) return next(args);
        throw Object.assign(new Error('not authorized'), { name: 'AccessDeniedException' });
      },
      { step: 'initialize', name: 'refuseLogs' },
    );
    bench.start((_input, { log, attempt }) => {
      log.info('to nobody');
      if (attempt === 1) throw new Error('again');
      return { length: attempt };
    });
    for (let i = 0; i < 3; i += 1) {
      const handle = await schedule();
      expect(await handle.result({ timeout: '15s' })).toEqual({ length: 2 });
    }
    await bench.untilQueueEmpty();
    const told = bench.events('log.failed').length;
    expect(told).toBeGreaterThan(0);
    expect(told).toBeLessThanOrEqual(processes);
    expect(bench.events('breaker.opened')).toEqual([]);
    dynamodb.middlewareStack.remove('refuseLogs');
  });
});
