import { startStack } from '@taskfleet/infra/local';
import { cancelTask } from '@taskfleet/platform/cancel';
import { startDispatcher } from '@taskfleet/platform/dispatcher';
import { createReader } from '@taskfleet/platform/reader';
import { rescheduleTask } from '@taskfleet/platform/reschedule';
import {
  defineFleet,
  defineTask,
  defineWorker,
  type Duration,
  implement,
  secret,
} from '@taskfleet/toolbox/contract';
import { createPublisher, createScheduler } from '@taskfleet/toolbox/schedule';
import { isDueKept, keepDue, readDueTask, takeDue } from '@taskfleet/toolbox/table';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { dueTask } from '../fixtures/dueTask.ts';
import { type ShiftedClock, shiftedClock } from '../fixtures/shiftedClock.ts';
import { clientsOf, quiet, resourcesOf, trackerOn, workerOn } from '../fixtures/startParts.ts';

const remind = defineTask('notes.remind', {
  input: z.object({ text: z.string(), pin: secret(z.string()).optional() }),
  output: z.string(),
});
const notesWorker = defineWorker('notes', { tasks: [remind], lease: '6s' });
const notesFleet = defineFleet([notesWorker]);
const PATIENCE = { timeout: 20_000 } as const;

let started: AsyncDisposableStack;
let fleet: Awaited<ReturnType<typeof startFleet>>;
let clock: ShiftedClock;
beforeAll(async () => {
  started = new AsyncDisposableStack();
  clock = shiftedClock();
  fleet = await startFleet();
});
afterAll(async () => started.disposeAsync());
beforeEach(() => fleet.runs.splice(0));

async function startFleet() {
  const stack = started.adopt(await startStack({ fleet: notesFleet }), async (s) => s.stop());
  const clients = clientsOf(stack);
  const { topicArn, tableName } = resourcesOf(stack);
  const table = { dynamodb: clients.dynamodb, tableName };
  const common = { sns: clients.sns, topicArn, table, clock };
  const scheduler = started.adopt(createScheduler(common), (some) => some.close());
  const runs: string[] = [];
  const implementation = implement(notesWorker, {
    'notes.remind': ({ text }) => {
      runs.push(text);
      return text;
    },
  });
  const worker = workerOn({ stack, clients, implementation });
  const tracker = trackerOn({ stack, clients, fleet: notesFleet });
  const publisher = started.adopt(createPublisher(common), (some) => some.close());
  for (const holder of ['one', 'two', 'three']) {
    const dispatcher = startDispatcher({ table, publisher, clock, log: quiet, holder });
    started.defer(async () => dispatcher.stop());
  }
  started.defer(async () => {
    await Promise.all([worker.stop(), tracker.stop()]);
  });
  const reader = createReader(table, clock);
  const cancel = async (id: string) => cancelTask({ table, fleet: notesFleet, clock }, id, 'alice');
  const reschedule = async (id: string, delay: Duration) =>
    rescheduleTask({ table, clock }, id, { delay });
  return { table, scheduler, runs, reader, cancel, reschedule };
}

/** Runs a task that is due now, and thereby knows that every shard was looked at since. */
async function runsFirst(text: string): Promise<void> {
  const handle = await fleet.scheduler.schedule(remind, { text }, { delay: '1s' });
  clock.shift(1_000);
  await handle.result({ timeout: '20s' });
}

describe('a deferred task', () => {
  it.each<[Duration, number]>([
    ['1s', 1_000],
    ['16m', 16 * 60_000],
    ['13h', 13 * 3_600_000],
    ['30d', 30 * 86_400_000],
  ])('runs after %s, once, and not before', async (delay, ms) => {
    const { scheduler, runs, reader } = fleet;
    const handle = await scheduler.schedule(remind, { text: delay }, { delay });
    expect(await reader.get(handle.id)).toMatchObject({
      state: 'scheduled',
      input: { text: delay },
    });
    clock.shift(ms - 1_000);
    await runsFirst('just before');
    clock.shift(1_000);
    expect(await handle.result({ timeout: '20s' })).toBe(delay);
    expect(runs.filter((text) => text === delay)).toHaveLength(1);
    await expect.poll(async () => isDueKept(fleet.table, handle.id), PATIENCE).toBe(false);
  });

  it('is listed once while it waits, without its secrets, and once afterwards', async () => {
    const { scheduler, reader } = fleet;
    const options = { delay: '5s', subject: 'project/7' } as const;
    const input = { text: 'listed', pin: '1234' };
    const { id } = await scheduler.schedule(remind, input, options);
    const listed = async () => (await reader.list({ limit: 9, subject: 'project/7' })).tasks;
    expect(await listed()).toMatchObject([{ id, state: 'scheduled', subject: 'project/7' }]);
    expect(JSON.stringify([await listed(), await reader.get(id)])).not.toContain('1234');
    clock.shift(5_000);
    await expect
      .poll(async () => (await listed()).map(({ state }) => state), PATIENCE)
      .toEqual(['succeeded']);
  });

  it('never runs once it is cancelled, and stays known', async () => {
    const { scheduler, runs, reader, cancel, table } = fleet;
    const { id } = await scheduler.schedule(remind, { text: 'cancelled' }, { delay: '2h' });
    expect(await cancel(id)).toBe('cancelled');
    expect(await isDueKept(table, id)).toBe(false);
    clock.shift(2 * 3_600_000);
    await runsFirst('after the cancel');
    expect(runs).toEqual(['after the cancel']);
    expect(await reader.get(id)).toMatchObject({
      state: 'cancelled',
      input: { text: 'cancelled' },
    });
  });

  it('never runs when it was cancelled while it was being published', async () => {
    const { scheduler, runs, cancel, table, reader } = fleet;
    const { id } = await scheduler.schedule(remind, { text: 'late cancel' }, { delay: '3h' });
    const waiting = await readDueTask(table, id);
    if (!waiting) throw new Error('expected it to wait');
    expect(await takeDue(table, waiting)).toBe(true);
    await cancel(id);
    await scheduler.schedule(remind, { text: 'other' });
    await expect.poll(() => runs, PATIENCE).toEqual(['other']);
    expect((await reader.get(id)).state).toBe('cancelled');
  });

  it('stays in the table when it is durable, waits for the topic and is cancelled, and never runs', async () => {
    const { table, cancel, reader, runs } = fleet;
    const id = `notes_${'7'.repeat(32)}` as const;
    const input = { text: 'durable' };
    // As a scheduler keeps it: the others of its group wait behind it.
    const createdAt = clock.now();
    const kept = dueTask(id, { task: 'notes.remind', input, createdAt, dueAt: 1 });
    await keepDue(table, { ...kept, dueAt: clock.now() + 3_600_000 });
    expect(kept.definition).not.toHaveProperty('dueAt');
    expect(await cancel(id)).toBe('cancelled');
    expect(await isDueKept(table, id)).toBe(true);
    clock.shift(3_600_000);
    await expect.poll(async () => isDueKept(table, id), PATIENCE).toBe(false);
    await runsFirst('after the durable one');
    expect(runs).toEqual(['after the durable one']);
    expect((await reader.get(id)).state).toBe('cancelled');
  });

  it('runs at the time that it was given last', async () => {
    const { scheduler, runs, reschedule, reader } = fleet;
    const handle = await scheduler.schedule(remind, { text: 'moved' }, { delay: '1h' });
    const dueAt = await reschedule(handle.id, '5h');
    expect(await reader.get(handle.id)).toMatchObject({ state: 'scheduled', dueAt });
    clock.shift(3_600_000);
    await runsFirst('before it');
    expect(runs).toEqual(['before it']);
    await reschedule(handle.id, '0s');
    expect(await handle.result({ timeout: '20s' })).toBe('moved');
  });

  it('cannot be moved once it is out, nor one that nobody knows', async () => {
    const { scheduler, reschedule } = fleet;
    const handle = await scheduler.schedule(remind, { text: 'out' });
    await handle.result({ timeout: '20s' });
    await expect(reschedule(handle.id, '1h')).rejects.toThrow('it is succeeded, and cannot be');
    const other = await scheduler.schedule(remind, { text: 'taken' }, { delay: '1h' });
    const waiting = await readDueTask(fleet.table, other.id);
    await takeDue(fleet.table, waiting ?? { id: other.id, dueAt: 0 });
    await expect(reschedule(other.id, '2h')).rejects.toMatchObject({ code: 'task_not_waiting' });
    const unknown = `notes_${'0'.repeat(32)}`;
    await expect(reschedule(unknown, '1h')).rejects.toMatchObject({ code: 'id_unknown' });
  });

  it('is of the first of all calls with its key', async () => {
    const { scheduler, reader } = fleet;
    const options = { idempotencyKey: 'k' } as const;
    const first = await scheduler.schedule(remind, { text: 'one' }, { ...options, delay: '1h' });
    await scheduler.schedule(remind, { text: 'two' }, { ...options, delay: '2h' });
    clock.shift(3_600_000);
    expect(await first.result({ timeout: '20s' })).toBe('one');
    const again = await scheduler.schedule(remind, { text: 'three' }, options);
    const other = await scheduler.schedule(remind, { text: 'other' });
    // The tracker keeps definitions in no order, but this one no later than the next.
    await expect.poll(async () => (await reader.get(other.id)).task, PATIENCE).toBeDefined();
    expect(await reader.get(again.id)).toMatchObject({ id: first.id, input: { text: 'one' } });
  });

  it('cannot be moved beyond the moment at which it expires', async () => {
    const { scheduler, reschedule } = fleet;
    const options = { delay: '1h', expires: '2h' } as const;
    const { id } = await scheduler.schedule(remind, { text: 'expiring' }, options);
    await expect(reschedule(id, '3h')).rejects.toThrow('eta: expected before the task expires');
  });
});
