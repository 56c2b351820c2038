import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { startStack } from '@taskfleet/infra/local';
import { startDispatcher } from '@taskfleet/platform/dispatcher';
import { PeriodicTasks } from '@taskfleet/platform/periodic';
import { createReader } from '@taskfleet/platform/reader';
import {
  defineFleet,
  defineTask,
  defineWorker,
  derivedTaskId,
  implement,
  periodic,
  type PeriodicTask,
  secret,
  type TaskId,
} from '@taskfleet/toolbox/contract';
import { createPublisher } from '@taskfleet/toolbox/schedule';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type ShiftedClock, shiftedClock } from '../fixtures/shiftedClock.ts';
import { clientsOf, quiet, resourcesOf, trackerOn, workerOn } from '../fixtures/startParts.ts';

const tick = defineTask('ticker.tick', {
  input: z.object({ text: z.string(), pin: secret(z.string()).optional() }),
  output: z.string(),
});
const tickerWorker = defineWorker('ticker', { tasks: [tick], lease: '6s' });
const HOUR_MS = 3_600_000;
const PATIENCE = { timeout: 20_000 } as const;

const fleetOf = (...declared: PeriodicTask[]) =>
  defineFleet([tickerWorker], { periodic: declared });
const hourly = periodic('hourly', { every: '1h', task: tick, input: { text: 'hour' } });
const idOf = (name: string, at: number) => derivedTaskId('ticker', ['periodic', name, String(at)]);

let started: AsyncDisposableStack;
let fleet: Awaited<ReturnType<typeof startFleet>>;
let clock: ShiftedClock;
beforeEach(async () => {
  started = new AsyncDisposableStack();
  clock = shiftedClock();
  // Well within an hour, so that no firing is due by itself.
  clock.shift(HOUR_MS * 1.5 - (clock.now() % HOUR_MS));
  fleet = await startFleet();
});
afterEach(async () => started.disposeAsync());

async function startFleet() {
  const stack = started.adopt(await startStack({ fleet: fleetOf() }), async (s) => s.stop());
  const { topicArn, tableName } = resourcesOf(stack);
  const runs: TaskId[] = [];
  const implementation = implement(tickerWorker, {
    'ticker.tick': ({ text }, { id }) => {
      runs.push(id);
      return text;
    },
  });
  const clients = clientsOf(stack);
  const worker = workerOn({ stack, clients, implementation });
  const tracker = trackerOn({ stack, clients, fleet: fleetOf() });
  started.defer(async () => {
    await Promise.all([worker.stop(), tracker.stop()]);
  });
  const published: TaskId[] = [];
  /** A replica with clients of its own, as far as dispatching goes. */
  const dispatch = (holder: string, declared: readonly PeriodicTask[], leaseMs = 15_000) => {
    const own = clientsOf(stack);
    const table = { dynamodb: own.dynamodb, tableName };
    const publisher = createPublisher({ sns: own.sns, topicArn, table, clock });
    const dispatcher = startDispatcher({
      fleet: fleetOf(...declared),
      table,
      publisher: {
        availability: publisher.availability,
        publish: async (message) => {
          await publisher.publish(message);
          published.push(message.id);
        },
      },
      clock,
      log: quiet,
      holder,
      leaseMs,
    });
    const stop = async () => {
      await dispatcher.stop();
      publisher.close();
    };
    started.defer(stop);
    return { stop, dynamodb: own.dynamodb };
  };
  const table = { dynamodb: clients.dynamodb, tableName };
  const publisher = createPublisher({ sns: clients.sns, topicArn, table, clock });
  started.defer(() => publisher.close());
  const tasks = new PeriodicTasks({ fleet: fleetOf(hourly), table, publisher, clock });
  const next = async (name: string) => (await tasks.get(name).catch(() => undefined))?.next[0];
  /** Waits until it is in the table, puts the clock on to its next firing, and waits until that is done. Resolves to its time. */
  const fireNext = async (name: string) => {
    await expect.poll(async () => next(name), PATIENCE).toBeDefined();
    const at = (await next(name)) ?? NaN;
    clock.shift(at - clock.now());
    await expect.poll(async () => next(name), PATIENCE).toBeGreaterThan(at);
    return at;
  };
  const ran = async (ids: readonly TaskId[]) => {
    await expect.poll(() => runs.length, PATIENCE).toBeGreaterThanOrEqual(ids.length);
    expect(runs.toSorted()).toEqual(ids.toSorted());
  };
  return { dispatch, tasks, fireNext, next, runs, published, ran, reader: createReader(table) };
}

describe('a periodic task that the code declares', () => {
  it('fires exactly once each time, with three dispatchers that stop and start', async () => {
    const { dispatch, fireNext, ran, published, reader } = fleet;
    const other = periodic('other', { every: '2h', task: tick, input: { text: 'other' } });
    let replicas = ['one', 'two', 'three'].map((holder) => dispatch(holder, [hourly, other]));
    const times: number[] = [];
    for (let round = 0; round < 6; round += 1) {
      times.push(await fireNext('hourly'));
      const [oldest, ...rest] = replicas;
      await oldest?.stop();
      replicas = [...rest, dispatch(`${round}`, [hourly, other])];
    }
    const even = times.filter((at) => at % (2 * HOUR_MS) === 0);
    expect(even).toHaveLength(3);
    const ids = [...times.map((at) => idOf('hourly', at)), ...even.map((at) => idOf('other', at))];
    await ran(ids);
    expect(published.toSorted()).toEqual(ids.toSorted());
    const [first = NaN] = times;
    await expect
      .poll(async () => reader.get(idOf('hourly', first)), PATIENCE)
      .toMatchObject({
        state: 'succeeded',
        createdAt: first,
        periodic: { name: 'hourly', at: first },
      });
  });

  it('runs once although its publish was repeated, because a leader died before it said so', async () => {
    const { dispatch, fireNext, ran, published } = fleet;
    const dying = dispatch('dying', [hourly], 2_000);
    const first = await fireNext('hourly');
    // From now on nothing that it writes of a firing arrives.
    refuseWritesOf(dying.dynamodb, 'schedule#');
    clock.shift(HOUR_MS);
    const second = first + HOUR_MS;
    await expect.poll(() => published, PATIENCE).toContain(idOf('hourly', second));
    await dying.stop();
    const before = published.filter((id) => id === idOf('hourly', second)).length;
    dispatch('next', [hourly]);
    const repeated = () => published.filter((id) => id === idOf('hourly', second)).length;
    await expect.poll(repeated, PATIENCE).toBeGreaterThan(before);
    const third = await fireNext('hourly');
    await ran([first, second, third].map((at) => idOf('hourly', at)));
  });

  it('follows the code: changed, moved and removed with it, but paused for as long as an operator says', async () => {
    const { dispatch, tasks, fireNext, next } = fleet;
    const old = dispatch('old', [hourly]);
    const at = await fireNext('hourly');
    await tasks.add(periodic('by-hand', { every: '1d', task: tick, input: { text: 'hand' } }));
    await tasks.pause('hourly', 'alice');
    await old.stop();
    const changed = periodic('hourly', { cron: '30 4 * * *', task: tick, input: { text: 'new' } });
    const renamed = periodic('renamed', { every: '1h', task: tick, input: { text: 'hour' } });
    const newer = dispatch('new', [changed, renamed]);
    await expect.poll(async () => next('renamed'), PATIENCE).toBe(at + HOUR_MS);
    expect(await tasks.get('hourly')).toMatchObject({
      rule: { input: { text: 'new' } },
      paused: { by: 'alice' },
      next: [],
      last: { at, id: idOf('hourly', at) },
    });
    const [resumed = NaN] = (await tasks.resume('hourly')).next;
    expect(new Date(resumed).toISOString()).toContain('T04:30:00.000Z');
    await newer.stop();
    dispatch('last', []);
    const names = async () => (await tasks.list()).map(({ name }) => name);
    await expect.poll(names, PATIENCE).toEqual(['by-hand']);
  });
});

describe('missed firings', () => {
  it.each([
    ['skip', 0],
    ['once', 1],
    ['all', 3],
  ] as const)('are made up for by policy (%s: %i)', async (missed, count) => {
    const { dispatch, fireNext, ran, next } = fleet;
    const declared = [
      periodic('hourly', { every: '1h', missed, task: tick, input: { text: 'hour' } }),
    ];
    const first = dispatch('first', declared);
    const at = await fireNext('hourly');
    await first.stop();
    clock.shift(3.5 * HOUR_MS);
    dispatch('second', declared);
    await expect.poll(async () => next('hourly'), PATIENCE).toBe(at + 4 * HOUR_MS);
    const later = await fireNext('hourly');
    const made = [1, 2, 3].slice(0, count).map((hours) => at + hours * HOUR_MS);
    await ran([at, ...made, later].map((time) => idOf('hourly', time)));
  });
});

describe('an operator', () => {
  it('adds, pauses, resumes, runs and removes a periodic task', async () => {
    const { dispatch, tasks, fireNext, ran, runs } = fleet;
    dispatch('one', []);
    const input = { text: 'hand', pin: '1234' };
    const added = await tasks.add(periodic('by-hand', { every: '1h', task: tick, input }));
    expect(added.next).toHaveLength(5);
    expect(JSON.stringify(await tasks.list())).not.toContain('1234');
    const first = await fireNext('by-hand');
    await tasks.pause('by-hand', 'alice');
    clock.shift(5 * HOUR_MS);
    const id = await tasks.run('by-hand');
    await ran([idOf('by-hand', first), id]);
    await expect
      .poll(async () => tasks.get('by-hand'), PATIENCE)
      .toMatchObject({ paused: { by: 'alice' }, last: { id, state: 'succeeded' } });
    const [next = NaN] = (await tasks.resume('by-hand')).next;
    expect(next).toBe(first + 6 * HOUR_MS);
    expect(await fireNext('by-hand')).toBe(next);
    await tasks.remove('by-hand');
    await expect(tasks.get('by-hand')).rejects.toMatchObject({ code: 'periodic_unknown' });
    expect(new Set(runs).size).toBe(3);
  });

  it('is told what cannot be', async () => {
    const { dispatch, tasks, next } = fleet;
    dispatch('one', [hourly]);
    await expect.poll(async () => next('hourly'), PATIENCE).toBeDefined();
    await expect(tasks.remove('hourly')).rejects.toMatchObject({ code: 'periodic_declared' });
    await expect(tasks.add(hourly)).rejects.toMatchObject({ code: 'periodic_exists' });
    await expect(tasks.pause('hourli', 'alice')).rejects.toThrow('did you mean "hourly"?');
  });

  it('sees why one made no task, and it goes on', async () => {
    const { dispatch, tasks, fireNext } = fleet;
    const gone = defineTask('ticker.gone', { input: z.object({}), output: z.void() });
    await tasks.add(periodic('lost', { every: '1h', task: gone, input: {} }));
    dispatch('one', []);
    await fireNext('lost');
    expect(await tasks.get('lost')).toMatchObject({
      rule: { input: '[secret]' },
      problem: expect.stringContaining('unknown task "ticker.gone"'),
    });
  });
});

/** From now on the client's puts of such keys fail, as when its process had died before them. */
function refuseWritesOf(dynamodb: ReturnType<typeof clientsOf>['dynamodb'], prefix: string): void {
  dynamodb.middlewareStack.add(
    (next, { commandName }) =>
      async (args) => {
        const isWrite = commandName === PutItemCommand.name;
        if (isWrite && JSON.stringify(args.input).includes(prefix)) throw new Error('it is dead');
        return next(args);
      },
    { step: 'initialize', name: 'dying' },
  );
}
