import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '@taskfleet/toolbox/clock';
import type { Environment } from '@taskfleet/toolbox/config';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openNamedFleet } from '../../platform/cli/openNamedFleet.ts';
import { commandLine } from '../../platform/cli/testing/runInProcess.ts';
import { type GuardedApi, startGuardedApi } from '../api/startGuardedApi.ts';
import { sampleFleet } from './sampleFleet.ts';
import { newId } from './startPlatformUnderTest.ts';

const folder = mkdtempSync(join(tmpdir(), 'taskfleet-cli-'));

let api: GuardedApi;
let admin: string;
beforeAll(async () => {
  api = await startGuardedApi();
  admin = (await api.keyOf('root', 'admin', 'operator')).key;
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await api.stop();
});

/** The command line as it is started, but for the process. */
function cliIn(environment: Environment) {
  const places = { environment, cwd: folder, isAlive: () => false };
  return commandLine({
    fleet: sampleFleet,
    openFleet: async (where = {}) =>
      openNamedFleet({ where, places, clock: systemClock, user: 'alice' }),
  });
}

const withToken = (token: string) => cliIn({ TASKFLEET_URL: api.address, TASKFLEET_TOKEN: token });

describe('a command with an address', () => {
  it('takes it and the file of its token before or after its name', async () => {
    const file = join(folder, 'token');
    writeFileSync(file, `${admin}\n`);
    const options = ['--url', api.address, '--token-file', file];
    const nothing = { exitCode: 0, stdout: 'no tasks\n', stderr: '' };
    expect(await cliIn({})(...options, 'list')).toEqual(nothing);
    expect(await cliIn({})('list', ...options)).toEqual(nothing);
    const periodic = await cliIn({})('periodic', 'list', ...options);
    expect(periodic).toMatchObject({ exitCode: 0, stdout: 'no periodic tasks\n' });
  });

  it('never takes a token as an argument, and does not repeat it', async () => {
    for (const words of [['--token', admin], [`--token=${admin}`]]) {
      const ran = await cliIn({ TASKFLEET_URL: api.address })('list', ...words);
      expect(ran).toMatchObject({ exitCode: 2, stdout: '' });
      expect(ran.stderr).toMatch(/^error: --token: [^\n]+TASKFLEET_TOKEN[^\n]+\n$/);
      expect(ran.stderr).not.toContain(admin);
    }
  });

  it.each([
    ['none', '', 'got none'],
    ['one that nobody gave', `tf_${'0'.repeat(16)}_${'x'.repeat(43)}`, ''],
  ])('and %s for a token says what to do', async (_what, token, message) => {
    const ran = await cliIn({ TASKFLEET_URL: api.address, TASKFLEET_TOKEN: token })('list');
    expect(ran).toMatchObject({ exitCode: 2, stdout: '' });
    expect(ran.stderr).toMatch(
      /^error: [^\n]+; set TASKFLEET_TOKEN, or give --token-file[^\n]+\n$/,
    );
    expect(ran.stderr).toContain(message);
    expect(ran.stderr).not.toContain(token || 'tf_');
  });

  it('and a key that may not do it says which permission is missing', async () => {
    const { key } = await api.keyOf('reader', 'viewer');
    for (const words of [['keys', 'list'], ['audit'], ['control', 'pause', 'echo']]) {
      expect(await withToken(key)(...words)).toMatchObject({
        exitCode: 2,
        stdout: '',
        stderr: expect.stringMatching(/^error: key:reader lacks the permission [^\n]+\n$/),
      });
    }
  });

  it.each([
    [['put', import.meta.filename], 'storing a file'],
    [['doctor'], 'examining a stage'],
  ])('that AWS alone can do, as %j, says so', async (words, what) => {
    expect(await withToken(admin)(...words)).toEqual({
      exitCode: 2,
      stdout: '',
      stderr: expect.stringMatching(
        new RegExp(
          `^error: ${what} is not done over --url, only with AWS [^\n]+: leave --url [^\n]+\n$`,
        ),
      ),
    });
  });

  it('says that who asks is who the token says, and changes nothing', async () => {
    const id = newId();
    for (const words of [
      ['cancel', id],
      ['control', 'pause', 'echo'],
      ['periodic', 'pause', 'nightly'],
      ['keys', 'create', 'ci', '--role', 'viewer'],
    ]) {
      expect(await withToken(admin)(...words, '--by', 'alice')).toEqual({
        exitCode: 2,
        stdout: '',
        stderr: expect.stringMatching(/^error: --by: over --url [^\n]+; leave it out\n$/),
      });
    }
    expect((await withToken(admin)('inspect', 'echo', '--json')).stdout).not.toContain('paused');
  });

  it('refuses another creator of those who schedule in their own name only', async () => {
    const { key } = await api.keyOf('dora', 'scheduler');
    const words = ['schedule', 'echo.say', '{"text":"ho"}', '--creator'];
    expect(await withToken(key)(...words, 'bob')).toEqual({
      exitCode: 2,
      stdout: '',
      stderr: 'error: --creator: key:dora schedules in that name only; leave it out\n',
    });
    expect(await withToken(key)(...words, 'key:dora')).toMatchObject({ exitCode: 0, stderr: '' });
    expect(await withToken(admin)(...words, 'bob')).toMatchObject({ exitCode: 0, stderr: '' });
  });

  it.each(['tasks', 'cost'])('that %s would not ask is refused', async (command) => {
    const rate = command === 'cost' ? ['--rate', '1/s'] : [];
    expect(await cliIn({})(command, ...rate, '--url', api.address)).toEqual({
      exitCode: 2,
      stdout: '',
      stderr: expect.stringMatching(/^error: --url: [^\n]+ asks no stage; leave it out[^\n]+\n$/),
    });
    // For other commands, it may stand in the environment.
    expect(await withToken(admin)(command, ...rate)).toMatchObject({ exitCode: 0, stderr: '' });
  });

  it('fetches what an own task returned, for who may see no other', async () => {
    const body = new TextEncoder().encode('mine');
    const ref = await api.access.put({ key: 'uploads/m.txt', body, contentType: 'text/plain' });
    const { key } = await api.keyOf('carol', 'scheduler');
    const run = withToken(key);
    const file = join(folder, 'mine.txt');
    expect(await run('get', ref, file)).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('--task <id>'),
    });
    const worker = api.platform.startEcho({
      'echo.say': ({ text }) => ({ said: text }),
      'echo.ask': () => ({ asked: 0 }),
    });
    const input = JSON.stringify({ text: ref });
    const { stdout } = await run('schedule', 'echo.say', input, '--wait', '--json');
    await worker.stop();
    const { id } = JSON.parse(stdout) as { id: string };
    expect(await run('get', ref, file, '--task', id)).toMatchObject({ exitCode: 0, stderr: '' });
    expect(readFileSync(file, 'utf8')).toBe('mine');
  });

  it('fetches a stored file', async () => {
    const body = new TextEncoder().encode('as stored');
    const ref = await api.access.put({ key: 'uploads/a/ä b.txt', body, contentType: 'text/plain' });
    const file = join(folder, 'fetched.txt');
    expect(await withToken(admin)('get', ref, file)).toMatchObject({ exitCode: 0, stderr: '' });
    expect(readFileSync(file, 'utf8')).toBe('as stored');
    expect(await withToken(admin)('get', 'artifact:none', join(folder, 'never'))).toEqual({
      exitCode: 2,
      stdout: '',
      stderr: 'error: nothing is stored under "artifact:none"\n',
    });
  });

  it('makes, lists and revokes keys', async () => {
    const run = withToken(admin);
    const made = await run(
      'keys',
      'create',
      'ci',
      '--role',
      'viewer',
      '--expires',
      '90d',
      '--json',
    );
    const { id, key } = JSON.parse(made.stdout) as { id: string; key: string };
    await expect.poll(async () => (await run('keys', 'list')).stdout).toContain(id);
    expect((await withToken(key)('list')).exitCode).toBe(0);
    expect((await run('keys', 'revoke', id)).stdout).toContain(`${id} is revoked`);
    expect(await run('keys', 'revoke', id)).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('no API key has'),
    });
  });

  it('is audited once, by the platform, in the name of the token', async () => {
    const run = withToken(admin);
    const id = newId();
    expect((await run('periodic', 'pause', id)).exitCode).toBe(2);
    const entries = async () => {
      const { stdout } = await run('audit', '--json');
      const all = JSON.parse(stdout) as { entries: { target: string; by: string; kind: string }[] };
      return all.entries.filter(({ target }) => target === id);
    };
    await expect.poll(entries).toMatchObject([{ by: 'key:root', kind: 'key' }]);
  });
});

describe('without an address', () => {
  it('all that is wrong is said at once, unknown names as missing values', async () => {
    const { TASKFLEET_TABLE, ...rest } = api.platform.environment;
    const slip = { ...rest, TASKFLEET_TABEL: TASKFLEET_TABLE };
    const ran = await cliIn(slip)('list');
    expect(ran).toMatchObject({ exitCode: 2, stdout: '' });
    expect(ran.stderr).toMatch(
      /^error: [^\n]*TASKFLEET_TABEL: is not known[^\n]*TASKFLEET_TABLE: is missing[^\n]*\n$/,
    );
  });

  it('AWS is asked, as ever', async () => {
    const { environment } = api.platform;
    const keys = { AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local' };
    expect(await cliIn({ ...environment, ...keys })('list')).toMatchObject({ exitCode: 0 });
    expect(await cliIn({})('list')).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('no fleet found'),
    });
  });
});
