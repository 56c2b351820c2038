import { createIdentify } from '@taskfleet/platform/identity';
import { systemClock } from '@taskfleet/toolbox/clock';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FleetAccess } from '@taskfleet/platform/access';
import { openAuditedFleet } from '../../platform/cli/openAuditedFleet.ts';
import { commandLine } from '../../platform/cli/testing/runInProcess.ts';
import { sampleFleet } from './sampleFleet.ts';
import { type PlatformUnderTest, startPlatformUnderTest } from './startPlatformUnderTest.ts';

let platform: PlatformUnderTest;
let access: FleetAccess;
beforeAll(async () => {
  platform = await startPlatformUnderTest();
  access = await openAuditedFleet(
    { ...platform.environment, AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local' },
    systemClock,
    'alice',
  );
});
afterAll(async () => {
  access.close();
  await platform.stop();
});

const run = async (...args: string[]) =>
  commandLine({ fleet: sampleFleet, openFleet: async () => access })(...args);

describe('taskfleet keys', () => {
  it('prints a key that lets in, and nothing else on standard output', async () => {
    const { exitCode, stdout } = await run('keys', 'create', 'root', '--role', 'admin');
    expect([exitCode, stdout]).toEqual([0, expect.stringMatching(/^tf_[0-9a-f]{16}_[\w-]{43}\n$/)]);
    const config = { kind: 'credentials' } as const;
    const identify = createIdentify({ config, keys: access.keys, clock: systemClock });
    expect(await identify(`Bearer ${stdout.trim()}`)).toMatchObject({
      name: 'key:root',
      roles: ['admin'],
    });
  });

  it('lists them without the secret, and revokes them', async () => {
    const options = [
      '--role',
      'scheduler',
      'viewer',
      '--expires',
      '90d',
      '--by',
      'alice',
      '--json',
    ];
    const { id, key } = JSON.parse((await run('keys', 'create', 'ci', ...options)).stdout);
    const list = async () => (await run('keys', 'list')).stdout;
    await expect
      .poll(list)
      .toMatch(new RegExp(`${id} +ci +scheduler, viewer +just now +alice +20`));
    expect(await list()).not.toContain(String(key).slice(20));
    expect((await run('keys', 'list', '--json')).stdout).not.toContain('hash');
    expect((await run('keys', 'revoke', id)).stdout).toContain(`${id} is revoked`);
    const again = await run('keys', 'revoke', id);
    expect([again.exitCode, again.stderr]).toEqual([2, expect.stringContaining('no API key has')]);
    await expect.poll(list).not.toContain(id);
  });

  it.each([
    [['create', 'ci'], '--role'],
    [['create', 'ci', '--role', 'root'], 'Allowed choices are viewer'],
    [['create', 'c i', '--role', 'viewer'], 'name: expected'],
    [['create', 'ci', '--role', 'viewer', '--expires', 'soon'], 'expected digits'],
  ])('says in one line what is wrong with %j', async (args, message) => {
    const { exitCode, stdout, stderr } = await run('keys', ...args);
    expect([exitCode, stdout]).toEqual([2, '']);
    expect(stderr).toContain(message);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });

  it.each([['keys', 'create'], ['keys', 'list'], ['keys', 'revoke'], ['audit']])(
    'has examples in the help of %s %s',
    async (...command) => {
      const words = command.filter(Boolean);
      const { exitCode, stdout } = await run(...words, '--help');
      expect([exitCode, stdout]).toEqual([
        0,
        expect.stringContaining(`$ taskfleet ${words.join(' ')}`),
      ]);
    },
  );
});

describe('taskfleet audit', () => {
  it('has what was done from the command line, with its account and AWS access key', async () => {
    const unknown = `echo_${'0'.repeat(32)}`;
    expect((await run('cancel', unknown)).exitCode).toBe(2);
    const list = async () => (await run('audit')).stdout;
    await expect
      .poll(list)
      .toMatch(new RegExp(`alice +\\S+ +task\\.cancel +${unknown} +refused: id_unknown`));
    const { entries, cursor } = JSON.parse((await run('audit', '--limit', '1', '--json')).stdout);
    expect(entries).toMatchObject([{ by: 'alice', kind: 'cli', accessKeyId: expect.any(String) }]);
    const more = await run('audit', '--limit', '1', '--cursor', cursor);
    expect(more.exitCode).toBe(0);
    expect((await run('audit', '--limit', '0')).stderr).toContain('limit: expected');
  });
});
