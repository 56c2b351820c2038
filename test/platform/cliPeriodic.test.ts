import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CliUnderTest, startCliUnderTest, WAYS } from './startCliUnderTest.ts';

describe.each(WAYS)('%s access', (way) => {
  /** Over the API it is who asks. */
  const asker = way === 'direct' ? 'alice' : 'local';
  let cli: CliUnderTest;
  let run: CliUnderTest['run'];
  beforeAll(async () => {
    cli = await startCliUnderTest(way);
    run = async (...args) => cli.run('periodic', ...args);
  });
  afterAll(async () => cli.stop());

  const HELLO = '{"text":"hello","password":"1234"}';
  const add = async (name: string, ...options: string[]) =>
    run('add', name, 'echo.say', HELLO, ...options);
  const lineOf = (stdout: string, label: string) =>
    stdout.split('\n').find((line) => line.startsWith(label));

  describe('taskfleet periodic', () => {
    it('adds, lists and shows, without secrets', async () => {
      const zone = ['--cron', '0 3 * * *', '--time-zone', 'Europe/Berlin'];
      const added = await add('nightly', ...zone, '--missed', 'all', '--creator', 'alice');
      expect([added.exitCode, added.stderr]).toEqual([0, '']);
      const shown = await run('show', 'nightly');
      expect(shown.stdout).toBe(added.stdout);
      expect(lineOf(shown.stdout, 'when')).toBe('when     0 3 * * * Europe/Berlin');
      expect(lineOf(shown.stdout, 'missed')).toBe('missed   all');
      expect(lineOf(shown.stdout, 'origin')).toBe('origin   added');
      expect(shown.stdout.match(/T0[12]:00:00\.000Z$/gm)).toHaveLength(5);
      expect(shown.stdout).not.toContain('1234');
      await add('often', '--every', '5m');
      const { stdout } = await run('list');
      expect(stdout.split('\n')[0]).toMatch(/^NAME +TASK +WHEN +NEXT +LAST +STATE$/);
      expect(lineOf(stdout, 'nightly')).toMatch(/echo\.say +0 3 \* \* \* Europe\/Berlin +20/);
      expect(lineOf(stdout, 'often')).toContain('every 5m');
      const { periodic } = JSON.parse((await run('list', '--json')).stdout);
      expect(periodic).toMatchObject([
        { name: 'nightly', rule: { timing: { timeZone: 'Europe/Berlin' } }, next: { length: 5 } },
        { name: 'often', rule: { timing: { every: '5m' }, missed: 'once' }, next: { length: 5 } },
      ]);
    });

    it('pauses, runs, resumes and removes', async () => {
      await add('by-hand', '--every', '1d');
      const paused = await run('pause', 'by-hand', '--by', 'alice');
      expect(lineOf(paused.stdout, 'paused')).toContain(`by ${asker}`);
      expect(lineOf((await run('list')).stdout, 'by-hand')).toContain('paused');
      const id = (await run('run', 'by-hand')).stdout.trim();
      expect(id).toMatch(/^echo_[0-9a-f]{32}$/);
      const status = async () => (await cli.run('status', id)).stdout;
      await expect.poll(status, { timeout: 20_000 }).toMatch(/state +succeeded/);
      expect(await status()).toMatch(/^periodic by-hand, for 20/m);
      expect(lineOf((await run('show', 'by-hand')).stdout, 'last')).toContain(`${id}, succeeded`);
      const resumed = JSON.parse((await run('resume', 'by-hand', '--json')).stdout);
      expect(resumed).toMatchObject({ name: 'by-hand', next: { length: 5 } });
      expect(resumed.paused).toBeUndefined();
      expect((await run('remove', 'by-hand')).stdout).toBe('by-hand fires no more\n');
      expect((await run('show', 'by-hand')).exitCode).toBe(2);
    });

    it.each([
      [['add', 'x', 'echo.say', HELLO, '--cron', '61 * * * *'], 'Invalid value for minute: 61'],
      [
        ['add', 'x', 'echo.say', HELLO, '--cron', '@daily', '--time-zone', 'Europe/Berln'],
        'did you mean "Europe/Berlin"?',
      ],
      [['add', 'x', 'echo.say', HELLO, '--every', 'soon'], 'every: expected digits and one of'],
      [['add', 'x', 'echo.say', HELLO, '--every', '5m', '--cron', '@daily'], 'none beside every'],
      [['add', 'x', 'echo.say', '{}', '--every', '5m'], 'input of echo.say: text: '],
      [['add', 'x', 'echo.sey', HELLO, '--every', '5m'], 'did you mean "echo.say"?'],
      [['add', 'taken', 'echo.say', HELLO, '--every', '5m'], 'there is a periodic task "taken"'],
      [['pause', 'taker'], 'did you mean "taken"?'],
      [['lst'], '(Did you mean list?)'],
    ])('says in one line what is wrong with %j', async (args, message) => {
      await add('taken', '--every', '1d');
      const { exitCode, stdout, stderr } = await run(...args);
      expect([exitCode, stdout]).toEqual([2, '']);
      expect(stderr).toContain(message);
      expect(stderr.trim().split('\n')).toHaveLength(1);
    });

    it('has examples in each help', async () => {
      for (const command of ['list', 'show', 'add', 'remove', 'pause', 'resume', 'run']) {
        const { exitCode, stdout } = await run(command, '--help');
        expect([exitCode, stdout]).toEqual([
          0,
          expect.stringContaining(`taskfleet periodic ${command}`),
        ]);
      }
    });
  });
});
