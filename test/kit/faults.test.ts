import {
  defineTask,
  defineWorker,
  implement,
  type TaskContext,
  UnavailableError,
} from '@taskfleet/toolbox/contract';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { fleetForTests, type TestFleet } from './index.ts';

const text = z.object({ text: z.string() });
const say = defineTask('fault.say', { input: text, output: z.string() });
const wait = defineTask('fault.wait', { input: text, output: z.string() });
const faultWorker = defineWorker('fault', { tasks: [say, wait] });

/** Runs of `fault.say` so far, by their texts. */
const said: string[] = [];
/** Ends each run of `fault.wait`, the first first. */
const waiting: ((answer: string) => void)[] = [];

const implementation = implement(faultWorker, {
  'fault.say': (input) => {
    said.push(input.text);
    return input.text;
  },
  'fault.wait': async (_input, _ctx: TaskContext) =>
    new Promise((resolve) => {
      waiting.push(resolve);
    }),
});

let fleet: TestFleet;
beforeAll(async () => {
  fleet = await fleetForTests({ workers: [implementation] });
});
afterAll(async () => fleet.stop());
afterEach(async () => {
  await fleet.faults.clear();
  waiting.length = 0;
});

it('refuses what is scheduled while the topic is away, and takes what is durable', async () => {
  const undo = await fleet.faults.topicUnavailable();
  await expect(fleet.schedule(say, { text: 'lost' })).rejects.toThrow(UnavailableError);
  const handle = await fleet.schedule(say, { text: 'kept' }, { durable: true });
  await undo();
  expect(await handle.result()).toBe('kept');
  await expect((await fleet.schedule(say, { text: 'again' })).result()).resolves.toBe('again');
});

it.each(['tableUnavailable', 'tableThrottled'] as const)(
  'begins nothing while %s',
  async (fault) => {
    const undo = await fleet.faults[fault]();
    const { id } = await fleet.schedule(say, { text: fault });
    await expect(fleet.spy.running({ id }, () => true, { timeout: '300ms' })).rejects.toThrow(
      'within 300ms',
    );
    expect(said).not.toContain(fault);
    await undo();
    await fleet.travel('1s');
    expect(await fleet.spy.succeeded({ id })).toMatchObject({ attempt: 1 });
  },
);

it('leaves in its queue what is not given', async () => {
  const undo = await fleet.faults.queueSilent('fault');
  const { id } = await fleet.schedule(say, { text: 'unheard' });
  await fleet.travel('1h');
  expect(said).not.toContain('unheard');
  await undo();
  await fleet.spy.succeeded({ id });
});

it('expires what nobody has begun in time', async () => {
  await fleet.faults.queueSilent('fault');
  const { id } = await fleet.schedule(say, { text: 'stale' }, { expires: '30m' });
  await fleet.travel('31m');
  await fleet.faults.clear();
  await fleet.spy.expired({ id });
  expect(said).not.toContain('stale');
});

it('runs once what is delivered twice', async () => {
  await fleet.faults.deliveredTwice(say);
  const { id } = await fleet.schedule(say, { text: 'twice' });
  await fleet.spy.succeeded({ id });
  await expect.poll(() => fleet.log.of('task.redelivered')).toMatchObject([{ id }]);
  expect(said.filter((one) => one === 'twice')).toEqual(['twice']);
});

it('runs once what is deleted late', async () => {
  const before = fleet.log.of('task.redelivered').length;
  await fleet.faults.settledLate('fault');
  const { id } = await fleet.schedule(say, { text: 'late' });
  await fleet.spy.succeeded({ id });
  await expect.poll(() => fleet.log.of('task.redelivered').slice(before)).toMatchObject([{ id }]);
  await fleet.faults.clear();
  await fleet.travel('1m');
  expect(said.filter((one) => one === 'late')).toEqual(['late']);
});

it('has another process take over from one that was killed', async () => {
  const { id } = await fleet.schedule(wait, { text: 'killed' });
  await fleet.spy.running({ id });
  await expect.poll(() => waiting.length).toBe(1);
  const undo = await fleet.faults.workerKilled('fault');
  waiting[0]?.('by the dead');
  await undo();
  await expect.poll(() => waiting.length).toBe(2);
  waiting[1]?.('by the living');
  expect(await fleet.spy.succeeded({ id })).toMatchObject({ attempt: 2, output: 'by the living' });
});

it('refuses what a process writes that stood still', async () => {
  const { id } = await fleet.schedule(wait, { text: 'frozen' });
  await expect.poll(() => waiting.length).toBe(1);
  const undo = await fleet.faults.workerFrozen('fault');
  await expect.poll(() => waiting.length).toBe(2);
  waiting[0]?.('too late');
  // By when the other process has done something else, the first would long have written.
  await fleet.spy.succeeded(await fleet.schedule(say, { text: 'meanwhile' }));
  expect(fleet.log.of('write.superseded')).toEqual([]);
  await undo();
  await expect.poll(() => fleet.log.of('write.superseded')).toMatchObject([{ id, attempt: 1 }]);
  waiting[1]?.('in time');
  expect(await fleet.spy.succeeded({ id })).toMatchObject({ attempt: 2, output: 'in time' });
});

it('says which worker it has when another is meant', async () => {
  await expect(fleet.faults.workerKilled('falt')).rejects.toThrow('did you mean "fault"?');
});
