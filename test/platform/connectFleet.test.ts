import { ConfigError } from '@taskfleet/toolbox/contract';
import { connectFleet } from '@taskfleet/toolbox/schedule';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { say } from './sampleFleet.ts';
import { type CliUnderTest, startCliUnderTest } from './startCliUnderTest.ts';

let fleet: CliUnderTest;
beforeAll(async () => {
  fleet = await startCliUnderTest();
});
afterAll(async () => fleet.stop());

describe('a program that connects to a fleet', () => {
  it('schedules, gets results of any size, and is told that the fleet is available', async () => {
    const client = connectFleet(fleet.platform.environment);
    const text = 'x'.repeat(300_000);
    const handle = await client.schedule(say, { text });
    expect(await handle.result({ timeout: '20s' })).toEqual({ said: text });
    expect(client.availability()).toEqual({ available: true });
    client.close();
  });

  it('is told everything that is missing in its environment', () => {
    const { TASKFLEET_TABLE: _table, AWS_REGION: _region, ...rest } = fleet.platform.environment;
    expect(() => connectFleet(rest)).toThrow(ConfigError);
    expect(() => connectFleet(rest)).toThrow(/AWS_REGION.*TASKFLEET_TABLE/);
  });
});
