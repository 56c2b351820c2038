import { claimTask } from '@taskfleet/toolbox/table';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addNote } from './notesFleet.ts';
import { WorkerBench } from './workerBench.ts';

let bench: WorkerBench;
beforeAll(async () => {
  bench = await WorkerBench.open();
});
afterAll(async () => bench.close());

describe('a task that somebody else has taken over', () => {
  it('is not written by its former holder, and runs again after the lease', async () => {
    const running = Promise.withResolvers<void>();
    const finish = Promise.withResolvers<{ length: number }>();
    bench.start(async () => {
      running.resolve();
      return finish.promise;
    });
    const { id } = await bench.stack.scheduler.schedule(addNote, { text: 'x' });
    await running.promise;
    await claimTask(bench.stack.table, {
      id,
      nonce: 'other',
      holder: 'host/2',
      now: 1,
      maxAttempts: 3,
    });
    finish.resolve({ length: 1 });
    await bench.untilEvent('write.superseded');
    const record = await bench.stack.recordOf(id);
    expect(record).toMatchObject({ state: 'running', attempt: 2 });
    expect(record?.output).toBeUndefined();
    expect(bench.events('task.succeeded')).toEqual([]);
    // The new holder is never heard of again: when the lease ends, the task runs once more.
    bench.behave = (_input, { attempt }) => ({ length: attempt });
    await bench.untilState(id, 'succeeded');
    expect((await bench.stack.recordOf(id))?.output).toEqual({ length: 3 });
  });
});

describe('a message', () => {
  it('that comes again after the end is deleted without running', async () => {
    let runs = 0;
    bench.start(() => {
      runs += 1;
      return { length: 1 };
    });
    const { id } = await bench.stack.scheduler.schedule(addNote, { text: 'x' });
    await bench.untilState(id, 'succeeded');
    const again = { v: 1, id, root: id, task: 'notes.add', input: { text: 'x' }, createdAt: 1 };
    await bench.stack.deliver(JSON.stringify(again));
    await bench.untilEvent('task.redelivered');
    await bench.untilQueueEmpty();
    expect(runs).toBe(1);
  });

  const someId = `notes_${'0a'.repeat(16)}`;
  const valid = { v: 1, id: someId, root: someId, task: 'notes.add', input: {}, createdAt: 1 };
  it.each([
    ['is not JSON', 'nonsense', 'is not JSON'],
    ['lacks a field', JSON.stringify({ ...valid, task: undefined }), 'message task: '],
    ['has another version', JSON.stringify({ ...valid, v: 2 }), 'message v: '],
    [
      'asks for an unknown task',
      JSON.stringify({ ...valid, task: 'notes.ad\u0000d' }),
      'the nearest is "notes.add"',
    ],
    [
      "is another worker's",
      JSON.stringify({ ...valid, id: `mail_${'0a'.repeat(16)}` }),
      'expected a task of "notes"',
    ],
    [
      'is nested without end',
      JSON.stringify({ ...valid, input: 0 }).replace(
        '"input":0',
        `"input":${'['.repeat(20_000)}${']'.repeat(20_000)}`,
      ),
      'nested',
    ],
  ])('that %s goes to the dead-letter queue with the reason', async (_what, body, reason) => {
    bench.start(() => expect.unreachable());
    await bench.stack.deliver(body);
    const { deadLetterQueueUrl } = bench.stack.resources;
    const dead: string[] = [];
    const look = async () => {
      for (const { Body, MessageAttributes } of await bench.stack.receive(deadLetterQueueUrl)) {
        expect(Body).toBe(body);
        dead.push(MessageAttributes?.['reason']?.StringValue ?? '');
      }
      return dead;
    };
    await expect.poll(look, { timeout: 10_000 }).toEqual([expect.stringContaining(reason)]);
    await bench.untilQueueEmpty();
    expect(bench.events('message.refused')).toHaveLength(1);
  });
});
