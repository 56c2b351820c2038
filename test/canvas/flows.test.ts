import { chain, chord, group, signature, type Start, step } from '@taskfleet/toolbox/contract';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { add, increment, total } from '../fixtures/flowFleet.ts';
import { type FlowsUnderTest, startFlowsUnderTest } from './startFlowsUnderTest.ts';

const PATIENCE = { timeout: '20s' } as const;

let started: AsyncDisposableStack;
let fleet: FlowsUnderTest;
let start: Start;
beforeAll(async () => {
  started = new AsyncDisposableStack();
  fleet = await startFlowsUnderTest(started);
  ({ start } = fleet.scheduler);
});
afterAll(async () => started.disposeAsync());
beforeEach(() => fleet.runs.splice(0));

const sums = (count: number) =>
  Array.from({ length: count }, (_, i) => signature(add, { a: i, b: 0 }));

describe('a chain', () => {
  it('gives each step what the one before returned', async () => {
    const canvas = chain(signature(add, { a: 1, b: 2 }), increment, step(increment));
    const handle = await start(canvas);
    expect(await handle.result(PATIENCE)).toBe(5);
  });
});

describe('a chord', () => {
  it.each([
    [0, 0],
    [1, 0],
    [3, 3],
  ])('runs its callback once, after all of %i members', async (count, sum) => {
    const handle = await start(chord(group(sums(count)), total));
    expect(await handle.result(PATIENCE)).toEqual({ sum, count });
    const callbacks = fleet.runs.filter(({ task }) => task === 'total');
    expect(callbacks.map(({ input }) => input)).toEqual([sums(count).map((_, i) => i)]);
  });
});
