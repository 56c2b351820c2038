import { type RunningDispatcher, startDispatcher } from '@taskfleet/platform/dispatcher';
import { createReader } from '@taskfleet/platform/reader';
import { systemClock } from '@taskfleet/toolbox/clock';
import { createPublisher, createScheduler } from '@taskfleet/toolbox/schedule';
import { DUE_SHARDS, keepDue, readDue } from '@taskfleet/toolbox/table';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { clientsOf, quiet, resourcesOf, trackerOn, workerOn } from '../fixtures/startParts.ts';
import { count, countingFleet, countingImplementation } from '../fixtures/countingFleet.ts';
import { dueTask } from '../fixtures/dueTask.ts';
import { startRestartableStack } from '../toolbox/restartableStack.ts';

const breaker = { probeIntervalMs: 100, timeoutMs: 2_000 };
const PATIENCE = { timeout: 20_000 } as const;

let started: AsyncDisposableStack;
let fleet: Awaited<ReturnType<typeof startFleet>>;
beforeEach(async () => {
  started = new AsyncDisposableStack();
  fleet = await startFleet();
});
afterEach(async () => started.disposeAsync());

async function startFleet() {
  const stack = started.adopt(await startRestartableStack(countingFleet), async (s) => s.stop());
  const clients = clientsOf(stack);
  const { topicArn, tableName } = resourcesOf(stack);
  const table = { dynamodb: clients.dynamodb, tableName };
  const common = { sns: clients.sns, topicArn, table, clock: systemClock, breaker };
  const scheduler = createScheduler(common);
  started.defer(() => scheduler.close());
  const runs: number[] = [];
  const implementation = countingImplementation((n) => runs.push(n));
  const worker = workerOn({ stack, clients, implementation });
  const tracker = trackerOn({ stack, clients, fleet: countingFleet });
  started.defer(async () => {
    await Promise.all([worker.stop(), tracker.stop()]);
  });
  const dispatch = (holder: string, leaseMs = 15_000): RunningDispatcher => {
    const publisher = createPublisher(common);
    const running = startDispatcher({
      table,
      publisher,
      clock: systemClock,
      log: quiet,
      holder,
      leaseMs,
    });
    started.defer(async () => {
      await running.stop();
      publisher.close();
    });
    return running;
  };
  const waiting = async () => {
    const all = await Promise.all(
      DUE_SHARDS.map(async (shard) => readDue(table, shard, Number.MAX_SAFE_INTEGER)),
    );
    return all.flat().map(({ id }) => id);
  };
  return { stack, clients, table, scheduler, runs, dispatch, waiting, reader: createReader(table) };
}

const numbers = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, i) => from + i);
const durable = { durable: true } as const;

describe('a durable task', () => {
  it('goes to the topic as every other while that answers', async () => {
    const { scheduler, waiting, runs } = fleet;
    const handle = await scheduler.schedule(count, { n: 1 }, durable);
    expect(await handle.result({ timeout: '20s' })).toEqual({ n: 1 });
    expect([runs, await waiting()]).toEqual([[1], []]);
  });

  it('is accepted while the topic is away, is seen as scheduled, and runs when it is back', async () => {
    const { stack, scheduler, dispatch, reader, waiting, runs } = fleet;
    dispatch('one');
    await stack.queues.stop();
    const handles = await Promise.all(
      numbers(1, 40).map(async (n) => scheduler.schedule(count, { n }, durable)),
    );
    await expect(scheduler.schedule(count, { n: 41 })).rejects.toMatchObject({
      code: 'unavailable',
    });
    const [first] = handles;
    const stateOf = async (id = '') => (await reader.get(id).catch(() => undefined))?.state;
    await expect.poll(async () => stateOf(first?.id), PATIENCE).toBe('scheduled');

    await stack.queues.restart();
    const results = handles.map(async (handle) => handle.result({ timeout: '20s' }));
    expect((await Promise.all(results)).map(({ n }) => n)).toEqual(numbers(1, 40));
    expect(runs.toSorted((a, b) => a - b)).toEqual(numbers(1, 40));
    await expect.poll(waiting, PATIENCE).toEqual([]);
    expect(await reader.get(first?.id ?? '')).toMatchObject({
      state: 'succeeded',
      input: { n: 1 },
    });
  });

  it('is overtaken by none of its group, durable or not, before, during or after the outage', async () => {
    const { stack, scheduler, dispatch, runs } = fleet;
    const next = async (n: number, options = {}) =>
      scheduler.schedule(count, { n, key: 'k' }, options);
    await Promise.all(numbers(1, 3).map(async (n) => next(n)));
    await stack.queues.stop();
    await Promise.all(numbers(4, 30).map(async (n) => next(n, durable)));
    await stack.queues.restart();
    await expect.poll(() => scheduler.availability().available, PATIENCE).toBe(true);
    // The topic would take these now, but what is ahead of them still waits in the table.
    await Promise.all(numbers(31, 33).map(async (n) => next(n)));
    dispatch('one');
    await expect.poll(() => runs.length, PATIENCE).toBe(33);
    expect(runs).toEqual(numbers(1, 33));
    await next(34);
    await expect.poll(() => runs.at(-1), PATIENCE).toBe(34);
  });

  it('is refused when the table is away as well', async () => {
    const { stack, scheduler } = fleet;
    await Promise.all([stack.queues.stop(), stack.table.stop()]);
    await expect(scheduler.schedule(count, { n: 1 }, durable)).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining('neither topic nor table took it'),
    });
    await Promise.all([stack.queues.restart(), stack.table.restart()]);
  });
});

describe('several dispatchers', () => {
  it('publish what is due once, and one takes over when another stops', async () => {
    const { table, dispatch, waiting, runs } = fleet;
    const first = dispatch('one');
    dispatch('two');
    const keep = async (n: number) => {
      const id = `counting_${String(n).padStart(32, '0')}` as const;
      await keepDue(table, dueTask(id, { input: { n }, task: 'counting.count', dueAt: 1 }));
    };
    await Promise.all(numbers(1, 120).map(keep));
    await expect.poll(waiting, PATIENCE).toEqual([]);
    await first.stop();
    await Promise.all(numbers(121, 130).map(keep));
    await expect.poll(() => runs.length, PATIENCE).toBe(130);
    expect(new Set(runs).size).toBe(130);
  });
});
