import { systemClock } from '@taskfleet/toolbox/clock';
import type { QueueClient, ReceivedMessage } from '@taskfleet/toolbox/consume';
import { newTaskId, parseMessage, serializeMessage } from '@taskfleet/toolbox/contract';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { differsOn } from '../fixtures/backend.ts';
import { MAX_RECEIVES, type QueueUnderTest, startFifoQueue } from '../fixtures/fifoQueue.ts';

let fixture: QueueUnderTest;
let queue: QueueClient;
beforeEach(async () => {
  fixture = await startFifoQueue();
  queue = fixture.consume();
});
afterEach(async () => fixture.stop());

const bodies = (messages: readonly ReceivedMessage[]) => messages.map(({ body }) => body);
const numbered = (count: number, name = 'm') => Array.from({ length: count }, (_, i) => name + i);

async function one(from: QueueClient = queue): Promise<ReceivedMessage> {
  const [message, ...more] = await from.receive(1);
  expect(more).toEqual([]);
  if (!message) throw new Error('the queue gave nothing');
  return message;
}

/** A lease this short runs out while a test waits for it; receives wait as long as it takes. */
const SHORT = { leaseSeconds: 1, pollSeconds: 10 } as const;

describe('a body', () => {
  it('has every character that a task may have', async () => {
    const input = { text: 'größer 😀 \u{10FFFF} \uFFFD \uFFFE \uFFFF \u0000 \uD800 \t\r\n' };
    const id = newTaskId('notes', systemClock);
    const message = { v: 1 as const, id, task: 'notes.add', input, root: id, createdAt: 1 };
    await fixture.publish('g', serializeMessage(message));
    const received = await one();
    const { body } = received;
    expect(parseMessage(body)).toEqual({ ok: true, value: message });
    await queue.deadLetter(received, 'the reason 😀');
    expect(await one(fixture.consumeDead())).toMatchObject({ body });
  });

  it.each(['\uFFFE', '\uFFFF', '\u0000'])('is refused with a raw %j', async (text) => {
    await expect(fixture.publish('g', text)).rejects.toThrow(Error);
  });
});

describe('a receive', () => {
  it('brings a message with its group and how often it was received', async () => {
    await fixture.publish('group/1', '{"text":"größer 😀"}');
    expect(await queue.receive(10)).toEqual([
      {
        body: '{"text":"größer 😀"}',
        groupId: 'group/1',
        deduplicationId: expect.any(String),
        receiptHandle: expect.any(String),
        receiveCount: 1,
      },
    ]);
  });

  it('brings ten at most, and no more than asked for', async () => {
    for (const group of numbered(15, 'g')) await fixture.publish(group, group);
    const some = await queue.receive(4);
    expect(some.length).toBeLessThanOrEqual(4);
    const more = await queue.receive(50);
    expect(more.length).toBeLessThanOrEqual(10);
    const all = [...some, ...more, ...(await queue.receive(10))];
    expect(bodies(all).toSorted()).toEqual(numbered(15, 'g').toSorted());
  });

  it('of an empty queue brings nothing, at once or after its wait', async () => {
    expect(await queue.receive(10)).toEqual([]);
    const asked = performance.now();
    expect(await fixture.consume({ pollSeconds: 1 }).receive(10)).toEqual([]);
    expect(performance.now() - asked).toBeGreaterThan(900);
  });

  it('that waits is answered as soon as there is a message', async () => {
    const asked = performance.now();
    const waiting = fixture.consume({ pollSeconds: 20 }).receive(10);
    await fixture.publish('g', 'late');
    expect(bodies(await waiting)).toEqual(['late']);
    expect(performance.now() - asked).toBeLessThan(5_000);
  });
});

describe('a lease', () => {
  it('hides its message until it runs out, and then the message comes again', async () => {
    const short = fixture.consume(SHORT);
    await fixture.publish('g', 'm');
    const first = await one(short);
    expect(await queue.receive(10)).toEqual([]);
    const again = await one(short);
    expect(again).toMatchObject({ body: 'm', receiveCount: 2 });
    expect(again.receiptHandle).not.toBe(first.receiptHandle);
  });

  it('that is extended lasts on', async () => {
    const short = fixture.consume(SHORT);
    await fixture.publish('extended', 'extended');
    await fixture.publish('left', 'left');
    const held = [await one(short), await one(short)];
    const extended = held.find(({ body }) => body === 'extended');
    await short.changeVisibility(extended!, 30);
    // Both leases had run out by the time that this one comes again.
    expect(await one(short)).toMatchObject({ body: 'left', receiveCount: 2 });
    expect(await queue.receive(10)).toEqual([]);
    await queue.delete(extended!);
  });

  it('that is given back ends at once', async () => {
    await fixture.publish('g', 'm');
    await queue.changeVisibility(await one(), 0);
    expect(await one()).toMatchObject({ body: 'm', receiveCount: 2 });
  });

  it('ends for good with a delete', async () => {
    const short = fixture.consume({ leaseSeconds: 1, pollSeconds: 2 });
    await fixture.publish('g', 'm');
    await short.delete(await one(short));
    expect(await short.receive(10)).toEqual([]);
  });
});

describe('a group', () => {
  it('gives nothing more while a message of it is held, and others go on', async () => {
    await fixture.publish('a', ...numbered(3, 'a'));
    await fixture.publish('b', 'b0');
    const held = await one();
    expect(held.body).toBe('a0');
    expect(bodies(await queue.receive(10))).toEqual(['b0']);
    expect(await queue.receive(10)).toEqual([]);
    await queue.delete(held);
    expect((await one()).body).toBe('a1');
  });

  it('comes in order within a batch, however many of it are in one', async () => {
    await fixture.publish('a', ...numbered(10, 'a'));
    const seen: string[] = [];
    while (seen.length < 10) {
      const batch = await queue.receive(10);
      expect(batch).not.toEqual([]);
      seen.push(...bodies(batch));
      await Promise.all(batch.map(async (message) => queue.delete(message)));
    }
    expect(seen).toEqual(numbered(10, 'a'));
  });

  it(
    'may have several messages in one batch',
    { fails: differsOn('queues', 'embedded') },
    async () => {
      await fixture.publish('a', ...numbered(3, 'a'));
      expect(bodies(await queue.receive(10))).toEqual(['a0', 'a1', 'a2']);
    },
  );

  it('begins with what was given back, whichever of a batch was given back first', async () => {
    await fixture.publish('a', ...numbered(3, 'a'));
    const batch = await queue.receive(10);
    for (const message of batch.toReversed()) await queue.changeVisibility(message, 0);
    expect(await one()).toMatchObject({ body: 'a0', receiveCount: 2 });
  });

  it('keeps what comes after a message that was given back', async () => {
    await fixture.publish('a', ...numbered(3, 'a'));
    const [first, ...rest] = await queue.receive(10);
    await Promise.all(rest.map(async (message) => queue.changeVisibility(message, 0)));
    expect(await queue.receive(10)).toEqual([]);
    await queue.delete(first!);
    expect((await one()).body).toBe('a1');
  });

  it('begins with what was not settled in time', async () => {
    const short = fixture.consume(SHORT);
    await fixture.publish('a', ...numbered(2, 'a'));
    expect((await one(short)).body).toBe('a0');
    expect(await one(short)).toMatchObject({ body: 'a0', receiveCount: 2 });
  });

  it('pauses while its message is hidden for a retry, and others go on', async () => {
    await fixture.publish('a', ...numbered(2, 'a'));
    await queue.changeVisibility(await one(), 1);
    await fixture.publish('b', 'b0');
    expect(bodies(await queue.receive(10))).toEqual(['b0']);
    const waiting = fixture.consume({ pollSeconds: 10 });
    expect(await one(waiting)).toMatchObject({ body: 'a0', receiveCount: 2 });
  });

  it('is held by one of many consumers at a time, and each sees it in order', async () => {
    const groups = numbered(5, 'g');
    for (const group of groups) await fixture.publish(group, ...numbered(8, `${group}/`));
    const holders = new Map<string, number>();
    const seen: string[] = [];
    const work = async (consumer: number) => {
      while (seen.length < 40) {
        const batch = await queue.receive(3);
        for (const { groupId } of batch) {
          expect(holders.get(groupId) ?? consumer).toBe(consumer);
          holders.set(groupId, consumer);
        }
        seen.push(...bodies(batch));
        for (const { groupId } of batch) holders.delete(groupId);
        for (const message of batch) await queue.delete(message);
      }
    };
    await Promise.all([1, 2, 3, 4].map(work));
    for (const group of groups) {
      const ofGroup = seen.filter((body) => body.startsWith(`${group}/`));
      expect(ofGroup).toEqual(numbered(8, `${group}/`));
    }
  });
});

describe('a message that nobody settles', () => {
  it('goes to the dead letters after its last receive, with its group, and frees the group', async () => {
    await fixture.publish('a', ...numbered(2, 'a'));
    for (let count = 1; count <= MAX_RECEIVES; count += 1) {
      const message = await one();
      expect(message).toMatchObject({ body: 'a0', receiveCount: count });
      await queue.changeVisibility(message, 0);
    }
    const waiting = { pollSeconds: 10 } as const;
    expect(await one(fixture.consume(waiting))).toMatchObject({ body: 'a1', receiveCount: 1 });
    expect(await one(fixture.consumeDead(waiting))).toMatchObject({ body: 'a0', groupId: 'a' });
  });
});

describe('a message that is put among the dead letters', () => {
  it('is there once, however often it was put there, and frees its group here', async () => {
    await fixture.publish('a', 'a0', 'a1');
    const message = await one();
    await queue.deadLetter(message, 'because');
    await queue.deadLetter(message, 'because').catch(() => undefined);
    const [letter, ...more] = await fixture.consumeDead().receive(10);
    expect([letter, more]).toMatchObject([{ body: 'a0', groupId: 'a' }, []]);
    await fixture.consumeDead().delete(letter!);
    expect(await fixture.consumeDead().receive(10)).toEqual([]);
    expect((await one()).body).toBe('a1');
  });
});
