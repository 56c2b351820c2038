import {
  defineTask,
  defineWorker,
  implement,
  periodic,
  Snooze,
  type TaskContext,
} from '@taskfleet/toolbox/contract';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { z } from 'zod';
import { fleetForTests, type TestFleet } from './index.ts';

const note = z.object({ text: z.string() });
const say = defineTask('clock.say', { input: note, output: z.number() });
const sulk = defineTask('clock.sulk', {
  input: note,
  output: z.number(),
  retry: { maxAttempts: 4, backoff: { initial: '10m', factor: 3, max: '2h', jitter: false } },
});
const snooze = defineTask('clock.snooze', { input: note, output: z.number() });
const hang = defineTask('clock.hang', {
  input: note,
  output: z.number(),
  timeLimit: '20m',
  retry: { maxAttempts: 1 },
});
const clockWorker = defineWorker('clock', { tasks: [say, sulk, snooze, hang] });
const everyHour = periodic('hourly', { every: '1h', task: say, input: { text: 'hour' } });

/** What ran, and how many whole minutes after the test's begin by the fleet's clock, which also goes by itself. */
const runs: string[] = [];
let fleet: TestFleet;
let startedAt: number;
const noted = (text: string) =>
  runs.push(`${text} ${Math.floor((fleet.clock.now() - startedAt) / 60_000)}`);

const implementation = implement(clockWorker, {
  'clock.say': ({ text }) => noted(text),
  'clock.sulk': ({ text }, { attempt }) => {
    noted(text);
    if (attempt < 4) throw new Error('not yet');
    return attempt;
  },
  'clock.snooze': ({ text }) => {
    noted(text);
    if (runs.length === 1) throw new Snooze('50m');
    return runs.length;
  },
  'clock.hang': async (_input, { signal }: TaskContext) =>
    new Promise((_resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason as Error));
    }),
});

beforeAll(async () => {
  fleet = await fleetForTests({ workers: [implementation], periodic: [everyHour] });
});
afterAll(async () => fleet.stop());
beforeEach(async () => {
  // Five minutes and a half after a full hour.
  await fleet.travel(`${3_930_000 - (fleet.clock.now() % 3_600_000)}ms`);
  runs.length = 0;
  startedAt = fleet.clock.now();
});

it('makes what is delayed due, in its order and at its time', async () => {
  await fleet.schedule(say, { text: 'second' }, { delay: '40m' });
  await fleet.schedule(say, { text: 'first' }, { eta: new Date(fleet.clock.now() + 600_000) });
  await fleet.schedule(say, { text: 'later' }, { delay: '3d' });
  await fleet.travel('9m');
  expect(runs).toEqual([]);
  await fleet.travel('40m');
  expect(runs).toEqual(['first 10', 'second 40']);
});

it('makes retries due, one after the other', async () => {
  const { id } = await fleet.schedule(sulk, { text: 'sulk' });
  await fleet.spy.retrying(sulk);
  await fleet.travel('131m');
  const sulked = runs.filter((run) => run.startsWith('sulk'));
  expect(sulked).toEqual(['sulk 0', 'sulk 10', 'sulk 40', 'sulk 130']);
  expect(await fleet.spy.succeeded({ id })).toMatchObject({ attempt: 4, output: 4 });
});

it('makes snoozes due', async () => {
  const handle = await fleet.schedule(snooze, { text: 'snooze' });
  await fleet.travel('49m');
  expect(runs).toEqual(['snooze 0']);
  await fleet.travel('1m');
  expect(runs).toEqual(['snooze 0', 'snooze 50']);
  expect(await handle.result()).toBe(2);
});

it('fires periodic tasks each time', async () => {
  await fleet.travel('3h');
  expect(runs).toEqual(['hour 54', 'hour 114', 'hour 174']);
});

it('ends what runs at its time limit', async () => {
  const { id } = await fleet.schedule(hang, { text: '' });
  await fleet.spy.running({ id });
  await fleet.travel('19m');
  expect(await fleet.get(id)).toMatchObject({ state: 'running' });
  await fleet.travel('1m');
  expect(await fleet.get(id)).toMatchObject({ state: 'failed', error: { name: 'TimeLimitError' } });
});
