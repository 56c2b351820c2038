import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { queuesEnvironment, startStack } from '@taskfleet/infra/local';
import { createDeadLetters, serviceQueues, startWatcher } from '@taskfleet/platform/dead-letters';
import { guardPlatformTable } from '@taskfleet/platform/tracker';
import { systemClock } from '@taskfleet/toolbox/clock';
import { implement, newTaskId, type Priority, PRIORITIES } from '@taskfleet/toolbox/contract';
import { createPublisher } from '@taskfleet/toolbox/schedule';
import { readDueTask, readTasks } from '@taskfleet/toolbox/table';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { memoryLog } from '../../shared-toolbox/testing/memoryLog.ts';
import { queueDepth } from '../fixtures/queueDepth.ts';
import {
  clientsOf,
  platformStatistics,
  quiet,
  resourcesOf,
  schedulerOn,
  workerOn,
} from '../fixtures/startParts.ts';
import { bind, print, printFleet, printWorker } from './priorityFleet.ts';

const PATIENCE = { timeout: 20_000 } as const;

let started: AsyncDisposableStack;
let fleet: Awaited<ReturnType<typeof startFleet>>;
/** What has begun, in order: a page's number, or the name of a task. */
let begun: (number | string)[];
let gate: PromiseWithResolvers<void>;
beforeEach(async () => {
  started = new AsyncDisposableStack();
  begun = [];
  gate = Promise.withResolvers();
  gate.resolve();
  fleet = await startFleet();
});
afterEach(async () => {
  gate.resolve();
  await started.disposeAsync();
});

async function startFleet() {
  const stack = started.adopt(await startStack({ fleet: printFleet }), async (s) => s.stop());
  const clients = clientsOf(stack);
  const table = { dynamodb: clients.dynamodb, tableName: resourcesOf(stack).tableName };
  const scheduler = started.adopt(schedulerOn(stack, clients), (some) => some.close());
  const { log } = memoryLog();
  const queues = serviceQueues(queuesEnvironment(stack.outputs));
  const own = queues.get('print')!;
  const urls = { high: own.highQueueUrl, normal: own.queueUrl, low: own.lowQueueUrl };
  const implementation = implement(printWorker, {
    'print.page': async ({ n }) => {
      begun.push(n);
      await gate.promise;
      return null;
    },
    'print.bind': async () => {
      begun.push('bind');
      await gate.promise;
      return null;
    },
  });
  return {
    clients,
    table,
    topicArn: resourcesOf(stack).topicArn,
    scheduler,
    queues,
    deadLetterQueueUrl: own.deadLetterQueueUrl,
    urlOf: (priority: Priority) => urls[priority] ?? '',
    depths: async () =>
      Promise.all(PRIORITIES.map(async (one) => queueDepth(clients.sqs, urls[one] ?? ''))),
    work: () =>
      started.adopt(workerOn({ stack, clients, implementation, log }), async (some) => some.stop()),
    stateOf: async (id: `${string}_${string}`) => (await readTasks(table, [id]))[0]?.state,
  };
}

const pages = (count: number, from = 0) =>
  Array.from({ length: count }, (_, n) => ({ n: from + n }));

describe('tasks of several priorities', () => {
  it('each wait in a queue of their own', async () => {
    const { scheduler, depths } = fleet;
    await scheduler.scheduleMany(print, pages(3));
    await scheduler.schedule(print, { n: 1 }, { priority: 'normal' });
    await scheduler.schedule(bind, null);
    await scheduler.scheduleMany(print, pages(4), { priority: 'high' });
    expect(await depths()).toEqual([4, 2, 3]);
  });

  it('overtake a backlog of less urgent ones, which goes on beside them', async () => {
    const low = await fleet.scheduler.scheduleMany(print, pages(60));
    const high = await fleet.scheduler.scheduleMany(print, pages(12, 100), { priority: 'high' });
    fleet.work();
    await Promise.all([...high, ...low].map(async (task) => task.result({ timeout: '30s' })));
    expect(begun).toHaveLength(72);
    const lastHigh = begun.findLastIndex((n) => Number(n) >= 100);
    // Twelve in shares of six in seven, and what the two slots have in hand.
    expect(lastHigh).toBeLessThan(20);
    const lowBefore = begun.slice(0, lastHigh).filter((n) => Number(n) < 100);
    expect(lowBefore.length).toBeGreaterThan(0);
  }, 60_000);

  it.each<[Priority, Priority]>([
    ['low', 'high'],
    ['high', 'low'],
  ])(
    'of %s begin under a permanent load of %s',
    async (priority, loaded) => {
      const { scheduler } = fleet;
      const over = new AbortController();
      const load = async () => {
        while (!over.signal.aborted) {
          const batch = await scheduler.scheduleMany(print, pages(10), { priority: loaded });
          await Promise.all(batch.map(async (task) => task.result({ timeout: '30s' })));
        }
      };
      // Never without some that wait: each lane has another ten before the other's have ended.
      const loading = Promise.all([load(), load(), load()]);
      fleet.work();
      await expect.poll(() => begun.length, PATIENCE).toBeGreaterThan(10);
      const task = await scheduler.schedule(print, { n: 100 }, { priority });
      await task.result({ timeout: '20s' });
      over.abort();
      await loading;
      expect(begun).toContain(100);
    },
    60_000,
  );

  it('go back to their queues at once when their worker stops', async () => {
    const { scheduler, depths, work } = fleet;
    gate = Promise.withResolvers();
    const worker = work();
    await Promise.all(
      PRIORITIES.map(async (priority) => scheduler.scheduleMany(print, pages(4), { priority })),
    );
    await expect.poll(() => begun.length, PATIENCE).toBe(2);
    const stopped = worker.stop();
    gate.resolve();
    await stopped;
    expect(begun).toHaveLength(2);
    const left = await depths();
    expect(left.reduce((sum, count) => sum + count)).toBe(10);
  });

  it('keep their priority while they wait for their time', async () => {
    const { scheduler, table, clients, topicArn, depths } = fleet;
    const { id } = await scheduler.schedule(print, { n: 1 }, { delay: '1d', priority: 'high' });
    const due = (await readDueTask(table, id))!;
    const publisher = createPublisher({ sns: clients.sns, topicArn, table, clock: systemClock });
    started.defer(() => publisher.close());
    await publisher.publish(due);
    expect(await depths()).toEqual([1, 0, 0]);
  });
});

describe('a dead letter of a worker with priorities', () => {
  function watch() {
    const { clients, table: unguarded, queues } = fleet;
    const table = guardPlatformTable({ table: unguarded, clock: systemClock, log: quiet });
    started.defer(() => table.breaker.close());
    const watcher = startWatcher({
      fleet: printFleet,
      sqs: clients.sqs,
      table,
      queues,
      flows: { advance: async () => undefined },
      statistics: platformStatistics(unguarded),
      clock: systemClock,
      log: quiet,
      pollSeconds: 1,
    });
    started.defer(async () => watcher.stop());
    return createDeadLetters({
      sqs: clients.sqs,
      table: unguarded,
      queues: () => queues,
      clock: systemClock,
    });
  }

  it.each(PRIORITIES)(
    'goes back to the queue of priority %s',
    async (priority) => {
      const { clients, urlOf, work, stateOf, depths, deadLetterQueueUrl } = fleet;
      const id = newTaskId('print', systemClock);
      await clients.sqs.send(
        new SendMessageCommand({
          QueueUrl: urlOf(priority),
          // Of a version to come, say: nothing in it tells where it was.
          MessageBody: JSON.stringify({ v: 2, id }),
          MessageGroupId: id,
          MessageDeduplicationId: id,
        }),
      );
      const worker = work();
      await expect.poll(async () => queueDepth(clients.sqs, deadLetterQueueUrl), PATIENCE).toBe(1);
      await worker.stop();
      const letters = watch();
      await expect.poll(async () => stateOf(id), PATIENCE).toBe('dead');
      await letters.redrive(id, { timeoutMs: 15_000 });
      expect(await depths()).toEqual(PRIORITIES.map((other) => (other === priority ? 1 : 0)));
    },
    30_000,
  );
});
