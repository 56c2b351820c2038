import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { defineTask, periodic } from '@taskfleet/toolbox/contract';
import { takeUnique } from '@taskfleet/toolbox/table';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { clientsOf } from '../fixtures/startParts.ts';
import {
  HOUR_MS,
  hourly,
  idOf,
  PATIENCE,
  sole,
  startTicker,
  tick,
  type Ticker,
} from './startTicker.ts';

let fleet: Ticker;
let clock: Ticker['clock'];
beforeEach(async () => {
  fleet = await startTicker();
  ({ clock } = fleet);
});
afterEach(async () => fleet.stop());

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

  it('runs once although three believe that they lead', async () => {
    const { leadBlindly, next, ran, published } = fleet;
    const turns = [1, 2, 3].map(() => leadBlindly([hourly]));
    await Promise.all(turns.map(async (turn) => turn()));
    const at = (await next('hourly')) ?? NaN;
    clock.shift(at - clock.now());
    await Promise.all(turns.map(async (turn) => turn()));
    expect(await next('hourly')).toBe(at + HOUR_MS);
    clock.shift(HOUR_MS);
    await Promise.all(turns.map(async (turn) => turn()));
    await ran([at, at + HOUR_MS].map((time) => idOf('hourly', time)));
    expect(published.length).toBeGreaterThan(2);
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

describe('a periodic task that is unique', () => {
  const input = { text: 'one' };
  const often = periodic('often', { every: '1h', task: sole, input });

  it('makes no other while its task has not ended, and says which one stands for it', async () => {
    const { dispatch, tasks, fireNext, ran, published, endSole } = fleet;
    dispatch('one', [often]);
    const first = { at: await fireNext('often') };
    const id = idOf('often', first.at);
    await ran([id]);
    const skipped = { at: await fireNext('often'), id };
    expect(await tasks.get('often')).toMatchObject({ last: { ...first, id }, skipped });
    expect(await tasks.run('often')).toBe(id);
    expect(published).toEqual([id]);
    endSole();
    await expect
      .poll(async () => tasks.get('often'), PATIENCE)
      .toMatchObject({ last: { state: 'succeeded' } });
    const third = await fireNext('often');
    const after = await tasks.get('often');
    expect(after.last).toMatchObject({ at: third, id: idOf('often', third) });
    expect(after.skipped).toBeUndefined();
    await ran([id, idOf('often', third)]);
  });

  it('is published although a leader died when it had only taken the key', async () => {
    const { dispatch, next, fireNext, ran, table } = fleet;
    dispatch('one', [often]);
    await expect.poll(async () => next('often'), PATIENCE).toBeDefined();
    const at = (await next('often')) ?? NaN;
    const id = idOf('often', at);
    const claim = { task: sole.name, key: input.text, id, now: at, keptMs: HOUR_MS };
    expect(await takeUnique(table, claim)).toBe(true);
    await fireNext('often');
    await ran([id]);
    fleet.endSole();
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
