import { systemClock } from '@taskfleet/toolbox/clock';
import { newTaskId, type TaskId } from '@taskfleet/toolbox/contract';
import { createScheduler, type Scheduler } from '@taskfleet/toolbox/schedule';
import { claimTask, recordExpired, recordReleased, recordRetrying } from '@taskfleet/toolbox/table';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addNote, limitedNote, orderNote } from './notesFleet.ts';
import { WorkerBench } from './workerBench.ts';

const HOUR_MS = 3_600_000;

let bench: WorkerBench;
beforeAll(async () => {
  bench = await WorkerBench.open();
});
afterAll(async () => bench.close());

let texts: string[];
beforeEach(() => {
  texts = [];
  bench.start((input) => {
    const { text = '' } = input as { text?: string };
    texts.push(text);
    return { length: text.length };
  });
});

/** A scheduler an hour ago. */
function schedulerBefore(): Scheduler {
  const { clients, table, resources } = bench.stack;
  const clock = { ...systemClock, now: () => systemClock.now() - HOUR_MS };
  return createScheduler({ sns: clients.sns, topicArn: resources.topicArn, table, clock });
}

describe('a task that expires', () => {
  it('is not run when nobody has begun it by then, and says so', async () => {
    const before = schedulerBefore();
    const late = await before.schedule(addNote, { text: 'late' }, { expires: '59m' });
    const fresh = await before.schedule(addNote, { text: 'fresh' }, { expires: '61m' });
    before.close();
    await bench.untilState(late.id, 'expired');
    await bench.untilState(fresh.id, 'succeeded');
    expect(texts).toEqual(['fresh']);
    await expect(late.result()).rejects.toThrow(/expired: nobody had begun it by 20/);
    await bench.untilQueueEmpty();
    expect(bench.events('task.expired')).toMatchObject([{ id: late.id }]);
  });

  it('goes on when an attempt was made in time, and not when that was given back', async () => {
    const { table } = bench.stack;
    const begin = async (): Promise<{ id: TaskId; token: number }> => {
      const id = newTaskId('notes', systemClock);
      const claim = { id, nonce: id, holder: 'h', maxAttempts: 3, now: 1 };
      const { record } = await claimTask(table, claim);
      return { id, token: record.token };
    };
    const expire = async ({ id }: { id: TaskId }) =>
      recordExpired(table, { id, now: 5, expires: 4, createdAt: 1, retentionMs: 60_000 });
    const [running, retrying, released] = [await begin(), await begin(), await begin()];
    const error = { name: 'Error', message: 'again', attempt: 1, at: 2 };
    await recordRetrying(table, retrying, error);
    await recordReleased(table, released);
    expect([await expire(running), await expire(retrying), await expire(released)]).toEqual([
      false,
      false,
      true,
    ]);
    expect(await bench.stack.recordOf(released.id)).toMatchObject({ state: 'expired', attempt: 0 });
  });
});

describe('a task whose result nobody wants', () => {
  it('succeeds without it', async () => {
    const { schedule } = bench.stack.scheduler;
    const handle = await schedule(addNote, { text: 'abc' }, { ignoreResult: true });
    await bench.untilState(handle.id, 'succeeded');
    expect(await bench.stack.recordOf(handle.id)).not.toHaveProperty('output');
    await expect(handle.result()).rejects.toMatchObject({ code: 'result_ignored' });
  });
});

describe('calls with one idempotency key', () => {
  it('run a task once, with the input that came first', async () => {
    const { schedule } = bench.stack.scheduler;
    const options = { idempotencyKey: 'order-7' };
    const first = await schedule(addNote, { text: 'first' }, options);
    expect(await first.result()).toEqual({ length: 5 });
    const second = await schedule(addNote, { text: 'the second' }, options);
    expect(second.id).toBe(first.id);
    expect(await second.result()).toEqual({ length: 5 });
    await bench.untilQueueEmpty();
    expect(texts).toEqual(['first']);
  });
});

describe('a call with limits of its own', () => {
  it('has no more attempts than it asked for', async () => {
    const attempts: number[] = [];
    bench.start((_input, { attempt }) => {
      attempts.push(attempt);
      throw new Error('no');
    });
    const { schedule } = bench.stack.scheduler;
    const { id } = await schedule(addNote, { text: 'x' }, { retry: { maxAttempts: 2 } });
    await bench.untilState(id, 'failed');
    expect(attempts).toEqual([1, 2]);
  });

  it('has no more time than it asked for', async () => {
    bench.start(async (_input, { signal }) => systemClock.sleep(60_000, signal));
    const { schedule } = bench.stack.scheduler;
    const limits = { timeLimit: '1s', retry: { maxAttempts: 1 } } as const;
    const { id } = await schedule(addNote, { text: 'x' }, limits);
    await bench.untilState(id, 'failed');
    expect((await bench.stack.recordOf(id))?.error).toMatchObject({ name: 'TimeLimitError' });
  });
});

describe('many tasks in one call', () => {
  it('come in order, each with its handle', async () => {
    const { scheduleMany } = bench.stack.scheduler;
    const order: unknown[] = [];
    bench.start((input) => {
      order.push((input as { n: number }).n);
      return input;
    });
    const inputs = Array.from({ length: 25 }, (_, n) => ({ notebook: 'many', n }));
    const handles = await scheduleMany(orderNote, inputs, { subject: 'many' });
    const results = await Promise.all(handles.map(async (handle) => handle.result()));
    expect(results).toEqual(inputs);
    expect(order).toEqual(inputs.map(({ n }) => n));
  });

  it('are children of the task that schedules them', async () => {
    let children: readonly TaskId[] = [];
    bench.start(async (input, context) => {
      if (!('text' in (input as object))) return null;
      const handles = await context.scheduleMany(limitedNote, [{}, {}]);
      children = handles.map(({ id }) => id);
      return { length: 0 };
    });
    const { id } = await bench.stack.scheduler.schedule(addNote, { text: 'parent' });
    await bench.untilState(id, 'succeeded');
    expect(children).toHaveLength(2);
    for (const child of children) await bench.untilState(child, 'succeeded');
  });
});
