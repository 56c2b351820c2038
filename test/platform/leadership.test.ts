import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Leadership } from '../../platform/dispatcher/leadership.ts';
import { type ManualClock, manualClock } from '../../shared-toolbox/testing/manualClock.ts';
import { startTaskTable, type TableUnderTest } from '../fixtures/taskTable.ts';

const LEASE_MS = 15_000;

let platform: TableUnderTest;
let clocks: ManualClock[];
let one: Leadership;
let two: Leadership;
beforeAll(async () => {
  platform = await startTaskTable();
});
afterAll(async () => platform.stop());
beforeEach(async () => {
  clocks = [];
  [one, two] = [candidate('one'), candidate('two')];
  await one.renew();
  await two.renew();
});

function candidate(holder: string): Leadership {
  const clock = manualClock();
  clocks.push(clock);
  return new Leadership({ table: platform.table, clock, holder, leaseMs: LEASE_MS });
}

function pass(ms: number): void {
  for (const clock of clocks) clock.advance(ms);
}

const who = () => [one.leads, two.leads];

describe('leadership', () => {
  it('has one holder as long as it beats', async () => {
    for (let i = 0; i < 20; i += 1) {
      expect(who()).toEqual([true, false]);
      pass(LEASE_MS / 3);
      await two.renew();
      await one.renew();
    }
    await one.resign();
  });

  it('is taken over after a lease without a beat, and not before', async () => {
    pass(LEASE_MS - 1);
    await two.renew();
    expect(two.leads).toBe(false);
    pass(1);
    expect(who()).toEqual([false, false]);
    await two.renew();
    await one.renew();
    expect(who()).toEqual([false, true]);
    await two.resign();
  });

  it('is free at once when its holder resigns', async () => {
    await one.resign();
    await two.renew();
    expect(who()).toEqual([false, true]);
    await two.resign();
  });

  it('is won by one of many at the same time', async () => {
    await one.resign();
    const many = Array.from({ length: 10 }, (_, i) => candidate(`of many ${i}`));
    await Promise.all(many.map(async (some) => some.renew()));
    const leaders = many.filter(({ leads }) => leads);
    expect(leaders).toHaveLength(1);
    await leaders[0]?.resign();
  });
});
