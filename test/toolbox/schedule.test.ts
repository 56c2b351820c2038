import { DeleteMessageCommand } from '@aws-sdk/client-sqs';
import { systemClock } from '@taskfleet/toolbox/clock';
import {
  type AnyTask,
  messageGroupId,
  TooLargeError,
  ValidationError,
} from '@taskfleet/toolbox/contract';
import { createScheduler } from '@taskfleet/toolbox/schedule';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addNote, orderNote, sendMail } from './notesFleet.ts';
import { type NotesStack, startNotesStack } from './notesStack.ts';

let stack: NotesStack;
let publishes: number[];
beforeAll(async () => {
  stack = await startNotesStack();
  stack.clients.sns.middlewareStack.add(
    (next) => async (args) => {
      const { PublishBatchRequestEntries = [] } = args.input as { PublishBatchRequestEntries?: [] };
      publishes.push(PublishBatchRequestEntries.length);
      return next(args);
    },
    { step: 'initialize' },
  );
});
beforeEach(() => {
  publishes = [];
});
afterEach(async () => {
  await Promise.all(['notes', 'mail', 'platform'].map(async (queue) => stack.messagesIn(queue)));
});
afterAll(async () => stack.stop());

const schedule: NotesStack['scheduler']['schedule'] = async (...call) =>
  stack.scheduler.schedule(...call);

/** Everything by way of the topic, whatever its size. */
const scheduleInline: NotesStack['scheduler']['schedule'] = async (...call) => {
  const { clients, resources, table } = stack;
  inline ??= createScheduler({ ...resources, sns: clients.sns, table, clock: systemClock });
  return inline.schedule(...call);
};
let inline: NotesStack['scheduler'] | undefined;

/** For calls that the types refuse. */
const untyped = async (task: AnyTask, input: unknown, options?: object) =>
  schedule(task, input, options);

describe('schedule', () => {
  it("reaches the worker's queue and the platform's, and no other", async () => {
    const { id } = await schedule(addNote, { text: 'hello' }, { creator: 'me', subject: 's/1' });
    const expected = {
      v: 1,
      id,
      root: id,
      task: 'notes.add',
      input: { text: 'hello' },
      creator: 'me',
      subject: 's/1',
      createdAt: expect.any(Number),
    };
    expect(await stack.messagesIn('notes')).toEqual([expected]);
    expect(await stack.messagesIn('platform')).toEqual([expected]);
    expect(await stack.messagesIn('mail')).toEqual([]);
  });

  it('makes one request of ten calls in the same moment', async () => {
    const calls = Array.from({ length: 10 }, async (_, n) =>
      schedule(addNote, { text: String(n) }),
    );
    const ids = (await Promise.all(calls)).map(({ id }) => id);
    expect(publishes).toEqual([10]);
    const arrived = (await stack.messagesIn('notes')).map(({ id }) => id);
    expect(arrived.toSorted()).toEqual(ids.toSorted());
  });

  it('makes two requests of what is too large for one', async () => {
    const text = 'x'.repeat(100_000);
    await Promise.all([1, 2, 3].map(async () => scheduleInline(addNote, { text })));
    expect(publishes).toEqual([2, 1]);
    expect(await stack.messagesIn('notes')).toHaveLength(3);
  });

  it('keeps the order of the calls within a group', async () => {
    const numbers = Array.from({ length: 25 }, (_, n) => n);
    await Promise.all(
      numbers.map(async (n) => schedule(orderNote, { notebook: n % 2 === 0 ? 'even' : 'odd', n })),
    );
    const copies = await readInOrder();
    for (const group of ['notes:even', 'notes:odd']) {
      const arrived = copies.filter((message) => messageGroupId(message) === group);
      const order = arrived.map(({ input }) => (input as { n: number }).n);
      expect(order).toEqual(order.toSorted((a, b) => a - b));
    }
    expect(copies).toHaveLength(25);
  });

  it('refuses what no message carries, and publishes nothing', async () => {
    const call = scheduleInline(addNote, { text: 'x'.repeat(262_144) });
    await expect(call).rejects.toBeInstanceOf(TooLargeError);
    await expect(call).rejects.toThrow('at most 262144 fit');
    expect(publishes).toEqual([]);
  });

  it('carries the largest message that it lets through', async () => {
    const call = await scheduleInline(addNote, { text: 'x'.repeat(261_800) });
    expect(await stack.messagesIn('notes')).toMatchObject([{ id: call.id }]);
  });

  it.each<[string, unknown, string]>([
    ['a wrong type', { text: 1 }, 'input of notes.add: text: '],
    ['a missing field', {}, 'input of notes.add: text: '],
    ['undefined', undefined, 'input of notes.add: (root): '],
    ['a function', () => 1, 'input of notes.add: (root): '],
    ['a big integer', { text: 1n }, '(root): expected a value that JSON can carry'],
    ['a date where text is too short', { text: new Date(Number.NaN) }, 'text: '],
  ])('refuses %s and publishes nothing', async (_what, input, problem) => {
    const call = untyped(addNote, input);
    await expect(call).rejects.toBeInstanceOf(ValidationError);
    await expect(call).rejects.toThrow(problem);
    expect(publishes).toEqual([]);
  });

  it('refuses circular input', async () => {
    const circular: Record<string, unknown> = { text: 'x' };
    circular['self'] = circular;
    await expect(untyped(addNote, circular)).rejects.toThrow(
      'expected a value that JSON can carry',
    );
    expect(publishes).toEqual([]);
  });

  it('sends a date as the text that the worker will read', async () => {
    await untyped(addNote, { text: new Date(0), gone: undefined });
    expect(await stack.messagesIn('notes')).toMatchObject([
      { input: { text: '1970-01-01T00:00:00.000Z' } },
    ]);
  });

  it.each([{ creator: '' }, { subject: '' }, { creator: 'x'.repeat(257) }])(
    'refuses the label %j',
    async (options) => {
      await expect(schedule(addNote, { text: 'x' }, options)).rejects.toThrow('expected 1 to 256');
      expect(publishes).toEqual([]);
    },
  );

  it('makes children of a task: its family, and its creator unless said otherwise', async () => {
    const parent = await schedule(addNote, { text: 'parent' });
    const origin = { id: parent.id, root: parent.id, creator: 'me' };
    const child = await stack.scheduler.from(origin).schedule(sendMail, {});
    expect(await stack.messagesIn('mail')).toMatchObject([
      { id: child.id, parent: parent.id, root: parent.id, creator: 'me' },
    ]);
  });
});

/** All of the worker's messages; a group gives the next one only when the one before is gone. */
async function readInOrder() {
  const { queueUrl } = stack.resources;
  const all = [];
  for (;;) {
    const some = await stack.receive(queueUrl);
    if (some.length === 0) return all;
    for (const { Body = '', ReceiptHandle } of some) {
      all.push(JSON.parse(Body) as Parameters<typeof messageGroupId>[0] & { input: unknown });
      await stack.clients.sqs.send(new DeleteMessageCommand({ QueueUrl: queueUrl, ReceiptHandle }));
    }
  }
}
