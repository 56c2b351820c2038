import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { cli, newHome, startFleetWith } from '../fixtures/localFleet.ts';
import type { Program } from '../fixtures/programOutput.ts';

it('listens for other machines only when it knows who asks, and says so in one line', async () => {
  const home = newHome();
  const program = startFleetWith({ HOST: '0.0.0.0' }, home);
  expect(await program.ended).toBe(2);
  expect(program.stderr()).toMatch(
    /^configuration: HOST: 0\.0\.0\.0 can be reached from other machines.*TASKFLEET_API_KEYS=on[^\n]*\n$/,
  );
  expect(existsSync(join(home, 'local.json'))).toBe(false);
  rmSync(home, { recursive: true, force: true });
});

describe('a fleet on a laptop that wants API keys', { timeout: 60_000 }, () => {
  const home = newHome();
  let fleet: Program;
  beforeAll(async () => {
    fleet = startFleetWith({ TASKFLEET_API_KEYS: 'on', PORT: '0' }, home);
    await fleet.printed('npx taskfleet keys create');
  }, 60_000);
  afterAll(async () => {
    fleet.process.kill('SIGTERM');
    await fleet.ended;
    rmSync(home, { recursive: true, force: true });
  });

  it('says how to get the first one, which is let in', async () => {
    const [, api = ''] = /Its dashboard: (http\S+)/.exec(fleet.output()) ?? [];
    const ask = async (headers = {}) => (await fetch(`${api}/api/keys`, { headers })).status;
    expect(await ask()).toBe(401);
    const [, command = ''] = /npx taskfleet (keys create .*)/.exec(fleet.output()) ?? [];
    const made = cli(home, ...command.trim().split(' '), '--json');
    expect(await made.ended).toBe(0);
    const { key } = z.object({ key: z.string() }).parse(JSON.parse(made.stdout()));
    expect(await ask({ authorization: `Bearer ${key}` })).toBe(200);
    expect(fleet.output()).not.toContain(key);
  });
});
