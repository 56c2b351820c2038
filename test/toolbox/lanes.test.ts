import { systemClock } from '@taskfleet/toolbox/clock';
import { type HeldMessage, type Settlement, startConsumer } from '@taskfleet/toolbox/consume';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type QueueUnderTest, startFifoQueue } from '../fixtures/fifoQueue.ts';
import { quiet } from '../fixtures/startParts.ts';

const GROUPS = ['a', 'b', 'c', 'd'];
const PER_GROUP = 10;
const LEASE_SECONDS = 30;

let fixture: QueueUnderTest;
beforeEach(async () => {
  fixture = await startFifoQueue();
  for (const group of GROUPS) {
    const bodies = Array.from({ length: PER_GROUP }, (_, n) => `${group}/${n}`);
    await fixture.publish(group, ...bodies);
  }
});
afterEach(async () => fixture.stop());

/** Two consumers, as two processes of a worker, until every message has its entry. */
async function consumeUntil(
  done: ReadonlySet<string>,
  handle: (message: HeldMessage) => Promise<Settlement>,
) {
  const consumers = [1, 2].map(() =>
    startConsumer({
      queue: fixture.consume({ leaseSeconds: LEASE_SECONDS, pollSeconds: 1 }),
      leaseSeconds: LEASE_SECONDS,
      concurrency: 16,
      handle,
      clock: systemClock,
      log: quiet,
    }),
  );
  const all = GROUPS.length * PER_GROUP;
  await expect.poll(() => done.size, { timeout: 20_000 }).toBe(all);
  await Promise.all(consumers.map(async (consumer) => consumer.stop()));
}

const ofGroup = (bodies: Iterable<string>, group: string) =>
  [...bodies].filter((body) => body.startsWith(`${group}/`));
const inOrder = (group: string) => Array.from({ length: PER_GROUP }, (_, n) => `${group}/${n}`);

describe('consumers of a queue', () => {
  it('handle a group in order and one at a time, whatever a batch holds', async () => {
    const done = new Set<string>();
    const busy = new Set<string>();
    await consumeUntil(done, async ({ body, groupId }) => {
      expect.soft(busy.has(groupId)).toBe(false);
      busy.add(groupId);
      await new Promise((resolve) => setImmediate(resolve));
      busy.delete(groupId);
      expect.soft(done.has(body)).toBe(false);
      done.add(body);
      return { kind: 'delete' };
    });
    for (const group of GROUPS) expect(ofGroup(done, group)).toEqual(inOrder(group));
  });

  it('keep the order when a message in the middle of a batch is tried again', async () => {
    const tried: string[] = [];
    const done = new Set<string>();
    const seen = new Map<string, number>();
    await consumeUntil(done, async ({ body, receiveCount }) => {
      seen.set(body, receiveCount);
      const isPoison = body.endsWith('/4') && !tried.includes(body);
      tried.push(body);
      if (isPoison) return { kind: 'hide', seconds: 1 };
      done.add(body);
      return { kind: 'delete' };
    });
    for (const group of GROUPS) {
      expect(ofGroup(tried, group)).toEqual(inOrder(group).toSpliced(4, 0, `${group}/4`));
      expect(seen.get(`${group}/4`)).toBeGreaterThan(1);
    }
  });
});
