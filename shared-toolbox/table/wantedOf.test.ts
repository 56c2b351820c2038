import { describe, expect, it } from 'vitest';
import type { Control, Wanted } from './control.ts';
import { wantedOf } from './wantedOf.ts';

const by = { by: 'alice', at: 1 } as const;
const told = (what: Partial<Control>): Control => ({ v: 1, revision: 9, cancels: [], ...what });
const here = { id: 'echo_00000000000a', bornAt: 5 } as const;
const paused = (value: boolean): Wanted => ({ paused: { value, ...by } });

describe('what is wanted of a process', () => {
  it('is nothing when nobody wants anything', () => {
    expect(wantedOf(told({}), here)).toEqual({ paused: false });
  });

  it.each([
    { all: true, own: undefined, isPaused: true },
    { all: true, own: false, isPaused: false },
    { all: false, own: true, isPaused: true },
    { all: undefined, own: true, isPaused: true },
  ])('is paused: $isPaused, when all are $all and it is $own', ({ all, own, isPaused }) => {
    const control = told({
      ...(all !== undefined && { wanted: paused(all) }),
      ...(own !== undefined && { processes: { [here.id]: paused(own), other: paused(!own) } }),
    });
    expect(wantedOf(control, here).paused).toBe(isPaused);
  });

  it('is its own concurrency before that of all', () => {
    const wanted = { concurrency: { value: 3, ...by } };
    const processes = { [here.id]: { concurrency: { value: 1, ...by } } };
    expect(wantedOf(told({ wanted }), here).concurrency).toBe(3);
    expect(wantedOf(told({ wanted, processes }), here).concurrency).toBe(1);
  });

  it.each([
    { revision: 5, meant: false },
    { revision: 6, meant: true },
  ])('is its end: $meant, when that was asked for as $revision and it began with 5', (asked) => {
    const shutdown = { revision: asked.revision, ...by };
    const expected = asked.meant ? 'alice' : undefined;
    expect(wantedOf(told({ wanted: { shutdown } }), here).shutdownBy).toBe(expected);
    const processes = { [here.id]: { shutdown } };
    expect(wantedOf(told({ processes }), here).shutdownBy).toBe(expected);
  });
});
