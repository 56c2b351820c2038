import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type CliUnderTest, startCliUnderTest, WAYS } from './startCliUnderTest.ts';
import { newId } from './startPlatformUnderTest.ts';

const PATIENCE = { timeout: 20_000 } as const;

describe.each(WAYS)('%s access', (way) => {
  let cli: CliUnderTest;
  beforeAll(async () => {
    cli = await startCliUnderTest(way);
  });
  afterAll(() => cli.stop());

  /** Schedules and waits; gives the id. */
  async function ended(input: object): Promise<string> {
    const args = ['schedule', 'echo.say', JSON.stringify(input), '--wait', '--json'];
    return JSON.parse((await cli.run(...args)).stdout).id;
  }

  describe('status and result', () => {
    it('show a task that succeeded', async () => {
      const id = await ended({ text: 'ho', password: 'hunter2' });
      await vi.waitFor(
        async () => expect((await cli.run('status', id)).stdout).toContain('input'),
        PATIENCE,
      );
      const { stdout } = await cli.run('status', id);
      expect(stdout).toContain(`id       ${id}\nstate    succeeded\ntask     echo.say\n`);
      expect(stdout).toContain('"password":"[secret]"');
      expect(JSON.parse((await cli.run('status', id, '--json')).stdout)).toMatchObject({
        id,
        state: 'succeeded',
        input: { text: 'ho', password: '[secret]' },
      });
      expect(JSON.parse((await cli.run('result', id)).stdout)).toMatchObject({ said: 'ho' });
      expect(await cli.run('result', id, '--json')).toEqual({
        exitCode: 0,
        stdout: '{"said":"ho"}\n',
        stderr: '',
      });
    });

    it('exit with 1 for a task that failed', async () => {
      const id = await ended({ text: 'fail' });
      const status = await cli.run('status', id);
      expect(status.stdout).toContain('NonRetryableError: nothing to say');
      expect(status.exitCode).toBe(1);
      const result = await cli.run('result', id);
      const stderr = `error: task ${id} failed: nothing to say\n`;
      expect(result).toEqual({ exitCode: 1, stdout: '', stderr });
    });

    it('say that a task has not ended, with 3 for its result', async () => {
      const id = (await cli.run('schedule', 'echo.say', '{"text":"hang"}')).stdout.trim();
      const status = async () => (await cli.run('status', id)).stdout;
      await expect.poll(status, PATIENCE).toContain('halfway');
      expect((await cli.run('status', id)).exitCode).toBe(0);
      const { exitCode, stdout, stderr } = await cli.run('result', id);
      expect(stderr).toBe(`error: task ${id} has not ended: it is running\n`);
      expect({ exitCode, stdout }).toEqual({ exitCode: 3, stdout: '' });
    });

    it.each(['status', 'result', 'log'])('%s exits with 2 for an unknown id', async (command) => {
      const id = newId();
      const { exitCode, stdout, stderr } = await cli.run(command, id);
      expect(stderr).toMatch(
        /^error: no task has the id "echo_\w+", or none any more: [^\n]+; ids look like [^\n]+\n$/,
      );
      expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    });
  });

  describe('log', () => {
    const later = { timeout: 10_000 } as const;

    it('shows what a task has said, without secrets, to people and programs', async () => {
      const id = await ended({ text: 'fail', password: 'fail' });
      const log = async () => (await cli.run('log', id)).stdout;
      const line = /^[0-9-]{10}T[0-9:]{8}Z INFO {2}asked to \[secret\] \{"times":1\}\n$/;
      await expect.poll(log, later).toMatch(line);
      const { exitCode, stdout } = await cli.run('log', id, '--json');
      expect(exitCode).toBe(0);
      expect(JSON.parse(stdout)).toEqual({
        attempt: 1,
        dropped: 0,
        cursor: expect.any(String),
        lines: [
          {
            at: expect.any(Number),
            level: 'info',
            message: 'asked to [secret]',
            fields: { times: 1 },
          },
        ],
      });
    });

    it('is empty for a task that had succeeded before anybody could look', async () => {
      const id = await ended({ text: 'ho' });
      const nothing = 'nothing is kept of what it has said\n';
      expect(await cli.run('log', id)).toEqual({ exitCode: 0, stdout: nothing, stderr: '' });
      expect(JSON.parse((await cli.run('log', id, '--json')).stdout)).toMatchObject({
        attempt: null,
        lines: [],
      });
    });
  });

  describe('list', () => {
    it('shows a page for people and for programs, and goes on from its cursor', async () => {
      const args = ['schedule', 'echo.say', '{"text":"a"}', '--subject=listed', '--creator=alice'];
      const ids = [
        (await cli.run(...args)).stdout.trim(),
        (await cli.run(...args)).stdout.trim(),
      ].toReversed();
      const list = ['list', '--subject=listed', '--limit=1'];
      await vi.waitFor(async () => {
        const { tasks } = JSON.parse((await cli.run('list', '--subject=listed', '--json')).stdout);
        expect(tasks).toHaveLength(2);
      }, PATIENCE);
      const first = JSON.parse((await cli.run(...list, '--json')).stdout);
      expect(first.tasks.map(({ id }: { id: string }) => id)).toEqual([ids[0]]);
      const second = JSON.parse(
        (await cli.run(...list, '--json', `--cursor=${first.cursor}`)).stdout,
      );
      expect(second.tasks.map(({ id }: { id: string }) => id)).toEqual([ids[1]]);
      expect(second.cursor).toBeNull();
      const { stdout } = await cli.run(...list);
      expect(stdout).toMatch(/^ID +TASK +STATE +CREATED +CREATOR +SUBJECT\n/);
      expect(stdout).toMatch(/echo_\w+ {2}echo\.say {2}\w+ +(\d+s ago|just now) +alice +listed\n/);
      expect(stdout).toContain(`more: the same command with --cursor ${first.cursor}\n`);
    });

    it('says when nothing has the name that was asked for', async () => {
      expect(await cli.run('list', '--worker', 'ecko')).toEqual({
        exitCode: 0,
        stdout: 'no tasks\n',
        stderr: 'no worker is called "ecko" here; did you mean "echo"?\n',
      });
      const { stderr } = await cli.run('list', '--task', 'echo.saay');
      expect(stderr).toBe('no task is called "echo.saay" here; did you mean "echo.say"?\n');
      const none = await cli.run('list', '--worker', 'echo', '--subject', 'nobody');
      expect(none).toEqual({ exitCode: 0, stdout: 'no tasks\n', stderr: '' });
    });

    it('says when there is nothing', async () => {
      const { exitCode, stdout } = await cli.run('list', '--subject=nothing');
      expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: 'no tasks\n' });
    });

    it.each([
      [['--limit', 'many'], 'limit: expected a whole number from 1 to 500'],
      [['--cursor', 'x'], 'cursor: expected the one that the page before ended with'],
    ])('refuses %j with exit code 2', async (args, message) => {
      const { exitCode, stderr } = await cli.run('list', ...args);
      expect(stderr).toContain(`error: ${message}`);
      expect(exitCode).toBe(2);
    });
  });
});
