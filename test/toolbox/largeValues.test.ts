import {
  type ChangeMessageVisibilityBatchCommandInput,
  ReceiveMessageCommand,
} from '@aws-sdk/client-sqs';
import { StoredValueError, type TaskId } from '@taskfleet/toolbox/contract';
import { readTasks } from '@taskfleet/toolbox/table';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type BucketAccess, bucketAccess, detour } from '../fixtures/bucketAccess.ts';
import { addNote, orderNote } from './notesFleet.ts';
import { WorkerBench } from './workerBench.ts';

const MIB = 'x'.repeat(1_048_576);
const JSON_OF_MIB = JSON.stringify({ text: MIB });
const LONG = { timeout: '20s' } as const;

let bench: WorkerBench;
let bucket: BucketAccess;
let way: ReturnType<typeof detour>;
/** Seconds for which messages were to be hidden. */
const hidden: (number | undefined)[] = [];
beforeAll(async () => {
  bench = await WorkerBench.open();
  bucket = bucketAccess(bench.stack.bucket);
  way = detour(bench.stack.clients.s3);
  bench.stack.clients.sqs.middlewareStack.add(
    (next) => async (args) => {
      const { Entries = [] } = args.input as Partial<ChangeMessageVisibilityBatchCommandInput>;
      hidden.push(...Entries.map(({ VisibilityTimeout }) => VisibilityTimeout));
      return next(args);
    },
    { step: 'initialize' },
  );
});
beforeEach(async () => {
  way.isBlocked = false;
  hidden.length = 0;
  await bench.stop();
});
afterAll(async () => bench.close());

/** The message of a task, which nobody has received yet, as the queue has it. */
async function waitingBody(id: TaskId): Promise<string> {
  const { Messages = [] } = await bench.stack.clients.sqs.send(
    new ReceiveMessageCommand({
      QueueUrl: bench.stack.resources.queueUrl,
      MaxNumberOfMessages: 10,
      VisibilityTimeout: 0,
    }),
  );
  return Messages.find(({ Body }) => Body?.includes(id))?.Body ?? '';
}

describe('a task of 1 MiB', () => {
  it('goes through a worker and comes back, by way of the bucket', async () => {
    bench.start((input) => ({ length: MIB.length, text: (input as { text: string }).text }));
    const handle = await bench.stack.scheduler.schedule(addNote, { text: MIB });
    expect(await handle.result(LONG)).toEqual({ length: MIB.length, text: MIB });
    const folder = `offload/45d/notes/${handle.id}`;
    const keys = [`${folder}/input.json`, `${folder}/output-1.json`];
    expect(await bucket.keys(handle.id)).toEqual(keys);
    expect(await bucket.text(keys[0] ?? '')).toEqual({
      type: 'application/json',
      text: JSON_OF_MIB,
    });
    const [record] = await readTasks(bench.stack.table, [handle.id]);
    expect(record).toMatchObject({ outputAt: keys[1], attempt: 1, state: 'succeeded' });
    expect(record?.outputBytes).toBe(JSON_OF_MIB.length + ',"length":1048576'.length);
    expect(record).not.toHaveProperty('output');
  });

  it('is a reference on its way', async () => {
    const { id } = await bench.stack.scheduler.schedule(addNote, { text: MIB, pin: 'hunter2' });
    const body = await waitingBody(id);
    expect(body).not.toContain('hunter2');
    expect(JSON.parse(body)).toMatchObject({
      inputAt: `offload/45d/notes/${id}/input.json`,
      inputBytes: JSON_OF_MIB.length + ',"pin":"hunter2"'.length,
    });
    expect(JSON.parse(body)).not.toHaveProperty('input');
  });
});

describe('an output', () => {
  // Two bytes are the quotes.
  it.each([
    [65_536, 0],
    [65_537, 1],
  ])('of %i bytes makes %i objects', async (bytes, objects) => {
    const output = 'x'.repeat(bytes - 2);
    bench.start(() => output);
    const handle = await bench.stack.scheduler.schedule(orderNote, { notebook: 'a', n: bytes });
    expect(await handle.result(LONG)).toBe(output);
    expect(await bucket.keys(handle.id)).toHaveLength(objects);
  });

  it('of more than the emulator takes in a request goes through too', async () => {
    const output = 'x'.repeat(12 * 1_048_576);
    bench.start(() => output);
    const handle = await bench.stack.scheduler.schedule(orderNote, { notebook: 'a', n: 0 });
    expect((await handle.result(LONG)) === output).toBe(true);
  });

  it('that is gone is said in one line', async () => {
    bench.start(() => MIB);
    const handle = await bench.stack.scheduler.schedule(orderNote, { notebook: 'b', n: 1 });
    await handle.result(LONG);
    for (const key of await bucket.keys(handle.id)) await bucket.remove(key);
    const call = handle.result();
    await expect(call).rejects.toBeInstanceOf(StoredValueError);
    await expect(call).rejects.toThrow(`the stored output of task ${handle.id} is gone`);
  });

  it('waits for a bucket that is away for a moment, and costs no attempt', async () => {
    bench.start(() => {
      way.isBlocked = true;
      return MIB;
    });
    const handle = await bench.stack.scheduler.schedule(orderNote, { notebook: 'c', n: 1 });
    await bench.untilEvent('record.failed');
    expect(await bench.stack.recordOf(handle.id)).toMatchObject({ state: 'running' });
    way.isBlocked = false;
    expect(await handle.result(LONG)).toBe(MIB);
    expect(await bench.stack.recordOf(handle.id)).toMatchObject({ attempt: 1 });
    expect(bench.events('task.started')).toHaveLength(1);
  });
});

describe('a stored input', () => {
  it('that cannot be reached costs no attempt: the message waits for 30 seconds', async () => {
    const { id } = await bench.stack.scheduler.schedule(addNote, { text: MIB });
    const body = await waitingBody(id);
    way.isBlocked = true;
    bench.start(() => ({ length: 1 }));
    await bench.untilEvent('input.failed');
    await expect.poll(() => hidden).toContain(30);
    expect(await bench.stack.recordOf(id)).toBeUndefined();
    way.isBlocked = false;
    // The same message once more, so that no test waits for 30 seconds.
    await bench.stack.deliver(body);
    await bench.untilState(id, 'succeeded');
    expect(await bench.stack.recordOf(id)).toMatchObject({ attempt: 1 });
  });

  it('that is gone fails its task at once, and says so', async () => {
    const { id } = await bench.stack.scheduler.schedule(addNote, { text: MIB });
    for (const key of await bucket.keys(id)) await bucket.remove(key);
    bench.start(() => expect.unreachable());
    await bench.untilState(id, 'failed');
    expect(await bench.stack.recordOf(id)).toMatchObject({
      attempt: 1,
      error: { name: 'StoredValueError', message: `the stored input of task ${id} is gone` },
    });
  });

  it("of another task is refused: a message names its own task's key only", async () => {
    const { id } = await bench.stack.scheduler.schedule(addNote, { text: MIB });
    const other = JSON.parse(await waitingBody(id)) as object;
    const thief = `notes_${'0a'.repeat(16)}`;
    bench.start(() => ({ length: 1 }));
    await bench.stack.deliver(JSON.stringify({ ...other, id: thief, root: thief }));
    await bench.untilEvent('message.refused');
    expect(bench.events('message.refused')).toMatchObject([
      { reason: expect.stringContaining('message inputAt: ') },
    ]);
  });
});
