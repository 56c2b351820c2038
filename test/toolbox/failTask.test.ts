import {
  NonRetryableError,
  RetryAfter,
  Snooze,
  TaskFailedError,
  type TaskId,
} from '@taskfleet/toolbox/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addNote, limitedNote, sendMail } from './notesFleet.ts';
import { WorkerBench } from './workerBench.ts';

let bench: WorkerBench;
beforeAll(async () => {
  bench = await WorkerBench.open();
});
afterAll(async () => bench.close());

describe('a task that fails', () => {
  it('is tried again after its backoff, and may then succeed', async () => {
    bench.start((_input, { attempt }) => {
      if (attempt < 3) throw new Error(`no luck in ${attempt}`);
      return { length: attempt };
    });
    const handle = await bench.stack.scheduler.schedule(addNote, { text: 'x' });
    expect(await handle.result({ timeout: '15s' })).toEqual({ length: 3 });
    expect(bench.events('task.retried')).toMatchObject([
      { attempt: 1, delayMs: 1_000, error: 'no luck in 1' },
      { attempt: 2, delayMs: 1_000 },
    ]);
  });

  it('has failed after its last attempt, with the last error', async () => {
    bench.start((_input, { attempt }) => {
      throw new Error(`no luck in ${attempt}`);
    });
    const handle = await bench.stack.scheduler.schedule(addNote, { text: 'x' });
    const failure = handle.result({ timeout: '15s' });
    await expect(failure).rejects.toBeInstanceOf(TaskFailedError);
    await expect(failure).rejects.toThrow('failed: no luck in 3');
    expect(await bench.stack.recordOf(handle.id)).toMatchObject({
      state: 'failed',
      error: { name: 'Error', message: 'no luck in 3', attempt: 3 },
    });
  });

  it('is not tried again when that would not help', async () => {
    bench.start(() => {
      throw new NonRetryableError('never');
    });
    const { id } = await bench.stack.scheduler.schedule(addNote, { text: 'x' });
    await bench.untilState(id, 'failed');
    expect(await bench.stack.recordOf(id)).toMatchObject({
      attempt: 1,
      error: { message: 'never' },
    });
  });

  it('is tried again when its handler says', async () => {
    bench.start((_input, { attempt }) => {
      if (attempt === 1) throw new RetryAfter('0s', 'at once');
      return { length: attempt };
    });
    const handle = await bench.stack.scheduler.schedule(addNote, { text: 'x' });
    expect(await handle.result({ timeout: '10s' })).toEqual({ length: 2 });
    expect(bench.events('task.retried')).toMatchObject([{ delayMs: 0, error: 'at once' }]);
  });

  it('keeps what each attempt threw, and where', async () => {
    bench.start((_input, { attempt }) => {
      if (attempt < 3) throw new TypeError(`no luck ${attempt}`);
      return { length: attempt };
    });
    const handle = await bench.stack.scheduler.schedule(addNote, { text: 'x' });
    await handle.result({ timeout: '15s' });
    const record = await bench.stack.recordOf(handle.id);
    expect(record?.error).toBeUndefined();
    expect(record?.errors).toMatchObject([
      { name: 'TypeError', message: 'no luck 1', attempt: 1 },
      { name: 'TypeError', message: 'no luck 2', attempt: 2 },
    ]);
    expect(record?.errors?.[0]?.stack).toContain('failTask.test.ts');
  });

  it('comes back later without losing an attempt when its handler snoozes', async () => {
    const attempts: number[] = [];
    bench.start((_input, { attempt }) => {
      attempts.push(attempt);
      if (attempts.length < 3) throw new Snooze('0s');
      return { length: attempts.length };
    });
    const handle = await bench.stack.scheduler.schedule(addNote, { text: 'x' });
    expect(await handle.result({ timeout: '10s' })).toEqual({ length: 3 });
    expect(attempts).toEqual([1, 1, 1]);
    expect(await bench.stack.recordOf(handle.id)).toMatchObject({ attempt: 1, snoozes: 2 });
  });

  it('fails at once when its output does not fit, with the field named', async () => {
    bench.start(() => ({ length: 'long' }));
    const { id } = await bench.stack.scheduler.schedule(addNote, { text: 'x' });
    await bench.untilState(id, 'failed');
    const record = await bench.stack.recordOf(id);
    expect(record).toMatchObject({ attempt: 1, error: { name: 'ValidationError' } });
    expect(record?.error?.message).toContain('output of notes.add: length: ');
  });

  it('fails at once when its input no longer fits, with the field named', async () => {
    bench.start(() => expect.unreachable());
    const { id } = await bench.stack.scheduler.schedule(sendMail, {});
    const notes = id.replace('mail_', 'notes_') as TaskId;
    const old = {
      v: 1,
      id: notes,
      root: notes,
      task: 'notes.add',
      input: { txt: 'x' },
      createdAt: 1,
    };
    await bench.stack.deliver(JSON.stringify(old));
    await bench.untilState(notes, 'failed');
    const record = await bench.stack.recordOf(notes);
    expect(record?.error?.message).toContain('input of notes.add: text: ');
    expect(record?.attempt).toBe(1);
  });

  it('fails at its time limit although its handler ignores the signal', async () => {
    const hang = Promise.withResolvers<null>();
    bench.start(async () => hang.promise);
    const { id } = await bench.stack.scheduler.schedule(limitedNote, {});
    await bench.untilState(id, 'failed');
    expect(await bench.stack.recordOf(id)).toMatchObject({ error: { name: 'TimeLimitError' } });
    expect(bench.events('handler.unresponsive')).toMatchObject([{ id, attempt: 1 }]);
    hang.resolve(null);
  });
});
