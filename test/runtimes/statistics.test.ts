import { readStatistics } from '@taskfleet/platform/statistics';
import { systemClock } from '@taskfleet/toolbox/clock';
import { newTaskId, NonRetryableError } from '@taskfleet/toolbox/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addNote, limitedNote, notesFleet, orderNote } from '../toolbox/notesFleet.ts';
import { WorkerBench } from '../toolbox/workerBench.ts';
import { type EndableRuntime, startFargate, startLambda } from './runtimes.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;

/** Opens with the first call of the table that fails. */
const breaker = { volumeThreshold: 1, errorPercentage: 1 } as const;

describe.each([
  { runtime: 'Fargate', start: startFargate, stops: true },
  { runtime: 'Lambda', start: startLambda, stops: false },
])('what happens to tasks on $runtime', ({ start, stops }) => {
  let bench: WorkerBench<EndableRuntime>;
  beforeAll(async () => {
    bench = await WorkerBench.open<EndableRuntime>((options) => start({ ...options, breaker }));
  });
  afterAll(async () => bench.close());

  async function totalOf(task: string, stepMs: number) {
    const { table } = bench.stack;
    const now = Date.now();
    const query = { from: now - 10 * MINUTE_MS, to: now + 1, stepMs, task };
    const options = { table, fleet: notesFleet, clock: systemClock };
    return (await readStatistics(options, query)).tasks[0]!.total;
  }

  /** A worker process is stopped in order; of an invocation it is enough that it has ended. */
  async function untilWritten() {
    await bench.untilQueueEmpty();
    if (stops) await bench.stop();
  }

  const succeed = async () =>
    (await bench.stack.scheduler.schedule(addNote, { text: 'x' })).result({ timeout: '15s' });

  it('is in minutes and hours, and adds up when others run on in their place', async () => {
    let failures = 0;
    const behave = () => {
      failures += 1;
      if (failures === 1) throw new Error('again');
      return { length: 1 };
    };
    bench.start(behave);
    await succeed();
    await untilWritten();
    bench.start(() => ({ length: 1 }));
    await succeed();
    await untilWritten();
    for (const stepMs of [MINUTE_MS, HOUR_MS]) {
      const read = async () => totalOf('notes.add', stepMs);
      await expect.poll(read, { timeout: 10_000 }).toMatchObject({ succeeded: 2, retried: 1 });
      const total = await read();
      expect(total).toMatchObject({ failed: 0, ended: 2, run: { count: 3 }, wait: { count: 2 } });
      expect(total.run.p50Ms).toBeGreaterThan(0);
      expect(total.wait.p99Ms).toBeLessThan(100_000);
    }
  });

  it('is counted when it fails, and when nobody begins it in time', async () => {
    bench.start(() => {
      throw new NonRetryableError('no');
    });
    const failing = await bench.stack.scheduler.schedule(limitedNote, {});
    await expect(failing.result({ timeout: '15s' })).rejects.toThrow('failed');
    const id = newTaskId('notes', systemClock);
    const late = { v: 1, id, root: id, createdAt: 1, expires: 2 };
    const input = { notebook: 'a', n: 1 };
    await bench.stack.deliver(JSON.stringify({ ...late, task: orderNote.name, input }));
    await bench.untilState(id, 'expired');
    await untilWritten();
    const nothing = { count: 0, p50Ms: null, p95Ms: null, p99Ms: null };
    await expect
      .poll(async () => totalOf('notes.order', MINUTE_MS), { timeout: 10_000 })
      .toMatchObject({ expired: 1, ended: 1, run: nothing, wait: nothing });
    expect(await totalOf('notes.limited', MINUTE_MS)).toMatchObject({
      failed: 1,
      succeeded: 0,
      ended: 1,
      run: { count: 1 },
      wait: { count: 1 },
    });
  });

  it("is nobody's to fail or to wait over when it may not be written", async () => {
    const { dynamodb } = bench.stack.clients;
    dynamodb.middlewareStack.add(
      (next) => async (args) => {
        if (!JSON.stringify(args.input).includes('stats#')) return next(args);
        throw Object.assign(new Error('not authorized'), { name: 'AccessDeniedException' });
      },
      { step: 'initialize' },
    );
    bench.start(() => ({ length: 1 }));
    for (let i = 0; i < 3; i += 1) expect(await succeed()).toEqual({ length: 1 });
    await untilWritten();
    await bench.untilEvent('statistics.failed');
    expect(bench.events('breaker.opened')).toEqual([]);
  });
});
