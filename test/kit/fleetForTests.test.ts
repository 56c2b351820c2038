import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { add, delegate, relayImplementation, sumImplementation } from '../fixtures/sumFleet.ts';
import { fleetForTests, type TestFleet } from './index.ts';

describe('a fleet for tests', () => {
  let fleet: TestFleet;
  beforeAll(async () => {
    fleet = await fleetForTests({ workers: [sumImplementation, relayImplementation] });
  });
  afterAll(async () => fleet.stop());

  it('runs what is scheduled, and gives the result', async () => {
    const handle = await fleet.schedule(add, { a: 1, b: 2 });
    expect(await handle.result()).toBe(3);
  });

  it('sees what happens, and what has happened', async () => {
    const { id } = await fleet.schedule(delegate, { a: 40 });
    const relayed = await fleet.spy.succeeded(delegate, (task) => task.id === id);
    const child = await fleet.spy.succeeded('sum.add', ({ parent }) => parent === id);
    expect(relayed.output).toEqual({ child: child.id });
    expect(await fleet.spy.succeeded(child)).toEqual(child);
  });
});
