import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import type { TaskContext } from '@taskfleet/toolbox/contract';
import { resultKey } from '@taskfleet/toolbox/table';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addNote, orderNote, sendMail } from './notesFleet.ts';
import { WorkerBench } from './workerBench.ts';

let bench: WorkerBench;
beforeAll(async () => {
  bench = await WorkerBench.open();
});
afterAll(async () => bench.close());

describe('a task that succeeds', () => {
  it('has its output in the record, and leaves nothing in the queue', async () => {
    const seen: TaskContext[] = [];
    bench.start((_input, context) => {
      seen.push(context);
      context.progress(0.5, 'half');
      return { length: 5 };
    });
    const handle = await bench.stack.scheduler.schedule(
      addNote,
      { text: 'hello' },
      { creator: 'me', subject: 's/1' },
    );
    expect(await handle.result({ timeout: '10s' })).toEqual({ length: 5 });
    expect(seen).toMatchObject([
      { id: handle.id, attempt: 1, idempotencyKey: handle.id, creator: 'me', subject: 's/1' },
    ]);
    expect(await bench.stack.recordOf(handle.id)).toMatchObject({
      state: 'succeeded',
      attempt: 1,
      progress: { fraction: 0.5, note: 'half' },
    });
    await bench.untilQueueEmpty();
    expect(bench.events('task.succeeded')).toMatchObject([{ id: handle.id, task: 'notes.add' }]);
  });

  it('has no secret in its record, and none in the log', async () => {
    bench.start((input) => {
      expect(input).toEqual({ text: 'x', pin: 'hunter1' });
      return { length: 1 };
    });
    const { id } = await bench.stack.scheduler.schedule(addNote, { text: 'x', pin: 'hunter1' });
    await bench.untilState(id, 'succeeded');
    const Key = { pk: { S: resultKey(id) } };
    const command = new GetItemCommand({ TableName: bench.stack.table.tableName, Key });
    const { Item } = await bench.stack.clients.dynamodb.send(command);
    expect(JSON.stringify([Item, bench.lines])).not.toContain('hunter');
  });

  it('may schedule others, which are of its family', async () => {
    bench.start(async (_input, context) => {
      await context.schedule(sendMail, {});
      return { length: 1 };
    });
    const { id } = await bench.stack.scheduler.schedule(addNote, { text: 'x' }, { creator: 'me' });
    await bench.untilState(id, 'succeeded');
    expect(await bench.stack.messagesIn('mail')).toMatchObject([
      { task: 'mail.send', parent: id, root: id, creator: 'me' },
    ]);
  });
});

describe('order', () => {
  it('is kept within a group, across a retry, while other groups go on', async () => {
    const ended: string[] = [];
    bench.start((input, { attempt }) => {
      const { notebook, n } = input as { notebook: string; n: number };
      if (notebook === 'slow' && n === 0 && attempt === 1) throw new Error('again');
      ended.push(`${notebook}${n}`);
      return null;
    });
    const calls = [0, 1, 2].flatMap((n) => [
      { notebook: 'slow', n },
      { notebook: 'fast', n },
    ]);
    const handles = await Promise.all(
      calls.map(async (input) => bench.stack.scheduler.schedule(orderNote, input)),
    );
    await Promise.all(handles.map(async (handle) => handle.result({ timeout: '15s' })));
    expect(ended).toEqual(['fast0', 'fast1', 'fast2', 'slow0', 'slow1', 'slow2']);
  });
});
