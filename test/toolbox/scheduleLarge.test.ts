import type { PublishBatchCommandInput } from '@aws-sdk/client-sns';
import {
  BucketMissingError,
  defineTask,
  newTaskId,
  parseMessage,
  type TaskMessage,
  TooLargeError,
  UnavailableError,
} from '@taskfleet/toolbox/contract';
import { systemClock } from '@taskfleet/toolbox/clock';
import { createScheduler } from '@taskfleet/toolbox/schedule';
import { claimTask, recordSucceeded } from '@taskfleet/toolbox/table';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type BucketAccess, bucketAccess, detour } from '../fixtures/bucketAccess.ts';
import { InputOffload } from '../../shared-toolbox/schedule/inputOffload.ts';
import { addNote, orderNote } from './notesFleet.ts';
import { type NotesStack, startNotesStack } from './notesStack.ts';

let stack: NotesStack;
let bucket: BucketAccess;
let way: ReturnType<typeof detour>;
let published: TaskMessage[];
beforeAll(async () => {
  stack = await startNotesStack();
  bucket = bucketAccess(stack.bucket);
  way = detour(stack.clients.s3);
  stack.clients.sns.middlewareStack.add(
    (next) => async (args) => {
      const { PublishBatchRequestEntries = [] } = args.input as PublishBatchCommandInput;
      published.push(...PublishBatchRequestEntries.map(({ Message = '' }) => messageIn(Message)));
      return next(args);
    },
    { step: 'initialize' },
  );
});
beforeEach(() => {
  published = [];
});
afterEach(async () => {
  way.isBlocked = false;
  await stack.messagesIn('notes');
});
afterAll(async () => stack.stop());

function schedulerWith(options: Partial<Parameters<typeof createScheduler>[0]>) {
  const { clients, resources, table } = stack;
  return createScheduler({ ...resources, sns: clients.sns, table, clock: systemClock, ...options });
}

/** A note of any size: its schema leaves out what it does not know, the message does not. */
function withText<Note extends object>(note: Note, size: number): Note {
  return { ...note, text: 'x'.repeat(size) };
}

function messageIn(body: string): TaskMessage {
  const parsed = parseMessage(body);
  if (!parsed.ok) throw parsed.error;
  return parsed.value;
}

/** A text with which the message has exactly so many bytes. */
async function textFor(bytes: number): Promise<string> {
  await stack.scheduler.schedule(addNote, { text: '' });
  const [empty] = await stack.messagesIn('notes');
  return 'x'.repeat(bytes - Buffer.byteLength(JSON.stringify(empty)));
}

describe('an input', () => {
  it.each([
    [65_536, 0],
    [65_537, 1],
  ])('in a message of %i bytes makes %i objects', async (bytes, objects) => {
    const { id } = await stack.scheduler.schedule(addNote, { text: await textFor(bytes) });
    expect(await bucket.keys(id)).toHaveLength(objects);
  });

  it('goes to the bucket above the size that the scheduler was given', async () => {
    const { schedule } = schedulerWith({ bucket: stack.bucket, offloadAboveBytes: 1_000 });
    const { id } = await schedule(addNote, { text: 'x'.repeat(1_000) });
    expect(await bucket.keys(id)).toHaveLength(1);
    const small = await schedule(addNote, { text: 'x' });
    expect(await bucket.keys(small.id)).toEqual([]);
  });

  it('goes to the bucket above what the topic carries, whatever the scheduler was given', async () => {
    const { schedule } = schedulerWith({ bucket: stack.bucket, offloadAboveBytes: 1e9 });
    const { id } = await schedule(addNote, { text: 'x'.repeat(262_144) });
    expect(await bucket.keys(id)).toHaveLength(1);
  });

  it('lives by the retention of its task', async () => {
    const { input, output } = addNote;
    const brief = defineTask('notes.add', { input, output, retention: '25h' });
    const { id } = await stack.scheduler.schedule(brief, { text: 'x'.repeat(70_000) });
    expect(await bucket.keys(id)).toEqual([`offload/17d/notes/${id}/input.json`]);
  });

  it('is refused above the hard limit, with limit and size', async () => {
    const call = stack.scheduler.schedule(addNote, { text: 'x'.repeat(52_428_790) });
    await expect(call).rejects.toBeInstanceOf(TooLargeError);
    await expect(call).rejects.toThrow(
      'the input of notes.add has 52428801 bytes, at most 52428800 fit',
    );
    expect(await stack.messagesIn('notes')).toEqual([]);
  });

  it('is in order within its group, however long it takes to the bucket', async () => {
    const sizes = [9_000_000, 10, 70_000, 10, 70_000, 10];
    const calls = sizes.map(async (size, n) =>
      stack.scheduler.schedule(orderNote, withText({ notebook: 'large', n }, size)),
    );
    const ids = (await Promise.all(calls)).map(({ id }) => id);
    expect(published.map(({ id }) => id)).toEqual(ids);
    const areStored = published.map(({ inputAt }) => inputAt !== undefined);
    expect(areStored).toEqual(sizes.map((size) => size > 10));
  });
});

describe('a scheduler', () => {
  it('puts nothing while the topic is known to be away', async () => {
    const away = { available: false, since: 1, retryAfterMs: 7, reason: 'away' } as const;
    const inputs = new InputOffload({ bucket: stack.bucket }, () => away);
    const id = newTaskId('notes', systemClock);
    const input = { text: 'x'.repeat(70_000) };
    const message = { v: 1, id, root: id, task: addNote.name, input, createdAt: 1 } as const;
    const call = inputs.publish({ task: addNote, message, isDurable: false }, async () =>
      expect.unreachable(),
    );
    await expect(call).rejects.toBeInstanceOf(UnavailableError);
    await expect(call).rejects.toMatchObject({ retryAfterMs: 7 });
    expect(await bucket.keys(id)).toEqual([]);
  });

  it('without a bucket says that one would help', async () => {
    const { schedule } = schedulerWith({});
    const call = schedule(addNote, { text: 'x'.repeat(262_144) });
    await expect(call).rejects.toBeInstanceOf(TooLargeError);
    await expect(call).rejects.toThrow('at most 262144 fit; with a `bucket`, createScheduler');
    const { id } = await schedule(addNote, { text: 'x'.repeat(100_000) });
    expect(await stack.messagesIn('notes')).toMatchObject([{ id, input: expect.anything() }]);
  });

  it('without a bucket cannot read a large output, and says what to do', async () => {
    const { schedule } = schedulerWith({});
    const handle = await schedule(addNote, { text: 'x' });
    const { id } = handle;
    const { record } = await claimTask(stack.table, {
      id,
      nonce: 'n',
      holder: 'h',
      now: 1,
      maxAttempts: 3,
    });
    const outputAt = `offload/45d/notes/${id}/output-1.json`;
    const ended = { now: 2, createdAt: 1, retentionMs: 1, outputAt, outputBytes: 70_000 };
    await recordSucceeded(stack.table, { id, token: record.token }, ended);
    await expect(handle.result()).rejects.toBeInstanceOf(BucketMissingError);
    await expect(handle.result()).rejects.toThrow('has 70000 bytes and is in the bucket');
  });

  it('whose bucket is away says when to come again, and publishes nothing', async () => {
    way.isBlocked = true;
    const call = stack.scheduler.schedule(addNote, { text: 'x'.repeat(70_000) });
    await expect(call).rejects.toBeInstanceOf(UnavailableError);
    await expect(call).rejects.toMatchObject({ retryAfterMs: 1_000 });
    await expect(call).rejects.toThrow('was not scheduled: its input could not be stored: ');
    expect(await stack.messagesIn('notes')).toEqual([]);
    // What needs no bucket does not wait for it.
    const { id } = await stack.scheduler.schedule(addNote, { text: 'x' });
    expect(await stack.messagesIn('notes')).toMatchObject([{ id }]);
  });

  it('lets a group go on after an input that could not be stored', async () => {
    way.isBlocked = true;
    const large = withText({ notebook: 'on', n: 1 }, 70_000);
    const refused = stack.scheduler.schedule(orderNote, large);
    const taken = stack.scheduler.schedule(orderNote, { notebook: 'on', n: 2 });
    await expect(refused).rejects.toBeInstanceOf(UnavailableError);
    const { id } = await taken;
    expect(await stack.messagesIn('notes')).toMatchObject([{ id }]);
  });
});
