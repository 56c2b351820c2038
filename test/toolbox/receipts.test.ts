import type { QueueClient, ReceivedMessage } from '@taskfleet/toolbox/consume';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Leases } from '../../shared-toolbox/consume/leases.ts';
import { manualClock } from '../../shared-toolbox/testing/manualClock.ts';
import { differsOn } from '../fixtures/backend.ts';
import { type QueueUnderTest, startFifoQueue } from '../fixtures/fifoQueue.ts';

let fixture: QueueUnderTest;
let queue: QueueClient;
beforeEach(async () => {
  fixture = await startFifoQueue();
  queue = fixture.consume();
});
afterEach(async () => fixture.stop());

async function receiveOne(from: QueueClient = queue): Promise<ReceivedMessage> {
  const [message] = await from.receive(1);
  if (!message) throw new Error('the queue gave nothing');
  return message;
}

/** A message whose lease is over and which somebody else holds by now. */
async function takenOver() {
  await fixture.publish('g', 'm');
  const stale = await receiveOne();
  await queue.changeVisibility(stale, 0);
  return { stale, current: await receiveOne() };
}

/** How to wait for a second by the broker's own clock: for the end of a lease, of a marker in another queue. */
async function brokerSecond(): Promise<() => Promise<void>> {
  await fixture.publish('marker', 'marker');
  await queue.deadLetter(await receiveOne(), 'a marker');
  const dead = fixture.consumeDead({ leaseSeconds: 1, pollSeconds: 10 });
  return async () => {
    await receiveOne(dead);
    await receiveOne(dead);
  };
}

describe('a batch of settlements', () => {
  async function receiveThirty(): Promise<ReceivedMessage[]> {
    for (let i = 0; i < 30; i += 1) await fixture.publish(`g${i}`, `m${i}`);
    const messages: ReceivedMessage[] = [];
    while (messages.length < 30) messages.push(...(await queue.receive(10)));
    return messages;
  }

  it('does each of thirty', async () => {
    const messages = await receiveThirty();
    await Promise.all(messages.map(async (message) => queue.changeVisibility(message, 0)));
    const again: ReceivedMessage[] = [];
    while (again.length < 30) again.push(...(await queue.receive(10)));
    await Promise.all(again.map(async (message) => queue.delete(message)));
    expect(await queue.receive(10)).toEqual([]);
  });

  it(
    'tells of the one receipt that is none',
    { fails: differsOn('queues', 'embedded') },
    async () => {
      const messages = await receiveThirty();
      const bad = { ...messages[0]!, receiptHandle: 'nonsense' };
      const settled = await Promise.allSettled(
        [bad, ...messages].map(async (message) => queue.delete(message)),
      );
      const rest = Array(30).fill('fulfilled');
      expect(settled.map(({ status }) => status)).toEqual(['rejected', ...rest]);
    },
  );
});

describe('the receipt of a lease that is over', () => {
  it('does not shorten the lease of who holds the message now', async () => {
    const { stale, current } = await takenOver();
    await queue.changeVisibility(stale, 0).catch(() => undefined);
    expect(await queue.receive(10)).toEqual([]);
    await queue.delete(current);
  });

  it('does not delete the message of who holds it now', async () => {
    const { stale, current } = await takenOver();
    await queue.delete(stale).catch(() => undefined);
    await queue.changeVisibility(current, 0);
    expect(await receiveOne()).toMatchObject({ body: 'm', receiveCount: 3 });
  });
});

describe('a holder', () => {
  /** As if half of the lease had passed. */
  async function beatWith(message: ReceivedMessage): Promise<AbortSignal> {
    const clock = manualClock();
    const leases = new Leases({ queue, leaseSeconds: 30, clock });
    const [held] = await leases.hold([message], clock.monotonic());
    clock.advance(15_000);
    leases.beat();
    return held!.signal;
  }

  async function reasonOf(signal: AbortSignal): Promise<string> {
    await expect.poll(() => signal.aborted).toBe(true);
    return String(signal.reason);
  }
  const LEARNT = 'refused to extend';

  it('of a message that somebody else holds learns it from its next extension', async () => {
    expect(await reasonOf(await beatWith((await takenOver()).stale))).toContain(LEARNT);
  });

  it('of a message that is deleted learns it from its next extension', async () => {
    await fixture.publish('g', 'm');
    const message = await receiveOne();
    await queue.delete(message);
    expect(await reasonOf(await beatWith(message))).toContain(LEARNT);
  });

  it(
    'of a message that was given back learns it from its next extension',
    { fails: differsOn('queues', 'elasticmq') },
    async () => {
      await fixture.publish('g', 'm');
      const message = await receiveOne();
      await queue.changeVisibility(message, 0);
      expect(await reasonOf(await beatWith(message))).toContain(LEARNT);
    },
  );

  it(
    'of a message whose lease ran out learns it from its next extension',
    { fails: differsOn('queues', 'embedded', 'elasticmq') },
    async () => {
      const pass = await brokerSecond();
      await fixture.publish('g', 'm');
      const message = await receiveOne(fixture.consume({ leaseSeconds: 1 }));
      await pass();
      expect(await reasonOf(await beatWith(message))).toContain(LEARNT);
    },
  );

  it('of a message that is its own extends it', async () => {
    await fixture.publish('g', 'm');
    const message = await receiveOne();
    const signal = await beatWith(message);
    await queue.changeVisibility(message, 0);
    expect(signal.aborted).toBe(false);
    expect(await receiveOne()).toMatchObject({ receiveCount: 2 });
  });
});
