import { EventEmitter } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CliUnderTest, startCliUnderTest, WAYS } from './startCliUnderTest.ts';

const folder = mkdtempSync(join(tmpdir(), 'taskfleet-cli-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe.each(WAYS)('%s access', (way) => {
  let cli: CliUnderTest;
  beforeAll(async () => {
    cli = await startCliUnderTest(way);
  });
  afterAll(() => cli.stop());

  describe('schedule', () => {
    it('prints the id', async () => {
      const { exitCode, stdout, stderr } = await cli.run('schedule', 'echo.say', '{"text":"a"}');
      expect(stdout).toMatch(/^echo_[0-9a-f]{32}\n$/);
      expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    });

    it('prints id and task for programs', async () => {
      const { stdout } = await cli.run('schedule', 'echo.say', '{"text":"a"}', '--json');
      const id = expect.stringMatching(/^echo_[0-9a-f]{32}$/);
      expect(JSON.parse(stdout)).toEqual({ id, task: 'echo.say' });
    });

    it('takes its input from a file and from standard input', async () => {
      const file = join(folder, 'input.json');
      writeFileSync(file, '{"text":"file"}');
      const fromFile = await cli.run('schedule', 'echo.say', `@${file}`, '--wait');
      expect(JSON.parse(fromFile.stdout)).toMatchObject({ said: 'file' });
      const piped = cli.commands({ stdin: '{"text":"piped"}' });
      const { stdout } = await piped('schedule', 'echo.say', '-', '--wait');
      expect(JSON.parse(stdout)).toMatchObject({ said: 'piped' });
    });

    it('refuses input that does not fit, names the field, and schedules nothing', async () => {
      const { exitCode, stdout, stderr } = await cli.run(
        'schedule',
        'echo.say',
        '{"text":5}',
        '--subject=misfit',
      );
      expect(stderr).toMatch(
        /^error: input of echo\.say: text: invalid input: expected string, .*number\n$/,
      );
      expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
      const extra = await cli.run(
        'schedule',
        'echo.say',
        '{"text":"a","tiems":2}',
        '--subject=misfit',
      );
      expect(extra.stderr).toContain('tiems');
      expect(extra.exitCode).toBe(2);
      const label = await cli.run('schedule', 'echo.say', '{"text":"a"}', '--subject', '');
      expect(label.stderr).toBe('error: options: subject: expected 1 to 256 characters, got 0\n');
      expect(label.exitCode).toBe(2);
      const { tasks } = JSON.parse((await cli.run('list', '--subject=misfit', '--json')).stdout);
      expect(tasks).toEqual([]);
    });
  });

  describe('schedule --wait', () => {
    it('prints the output', async () => {
      const { exitCode, stdout, stderr } = await cli.run(
        'schedule',
        'echo.say',
        '{"text":"ho","times":3}',
        '--wait',
      );
      expect(JSON.parse(stdout)).toEqual({ said: 'hohoho' });
      expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    });

    it('prints the record for programs', async () => {
      const { stdout } = await cli.run('schedule', 'echo.say', '{"text":"ho"}', '--wait', '--json');
      expect(JSON.parse(stdout)).toMatchObject({
        worker: 'echo',
        state: 'succeeded',
        attempt: 1,
        output: { said: 'ho' },
      });
    });

    it('exits with 1 and the reason when the task failed', async () => {
      const { exitCode, stdout, stderr } = await cli.run(
        'schedule',
        'echo.say',
        '{"text":"fail"}',
        '--wait',
      );
      expect(stderr).toMatch(/^error: task echo_[0-9a-f]{32} failed: nothing to say\n$/);
      expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
    });

    it('prints the record of a task that failed, for programs, beside the error', async () => {
      const ran = await cli.run('schedule', 'echo.say', '{"text":"fail"}', '--wait', '--json');
      expect(JSON.parse(ran.stdout)).toMatchObject({
        state: 'failed',
        error: { name: 'NonRetryableError', message: 'nothing to say' },
      });
      expect(ran.stderr).toContain('error: ');
      expect(ran.exitCode).toBe(1);
    });

    it('exits with 3 when the time is over, and says that the task goes on', async () => {
      const args = ['schedule', 'echo.say', '{"text":"hang"}', '--timeout', '300ms', '--json'];
      const { exitCode, stdout, stderr } = await cli.run(...args);
      expect(stderr).toMatch(
        /^error: task echo_\w+ is still (queued|running) after 300 ms; it goes on\n$/,
      );
      expect(JSON.parse(stdout).id).toMatch(/^echo_/);
      expect(exitCode).toBe(3);
    });

    it('draws progress on a terminal only, and erases it', async () => {
      const run = cli.commands({ isTTY: true });
      const { stdout, stderr } = await run('schedule', 'echo.say', '{"text":"ho"}', '--wait');
      expect(stderr).toContain('100% succeeded: halfway');
      expect(stderr.endsWith('\u001b[2K')).toBe(true);
      expect(JSON.parse(stdout)).toMatchObject({ said: 'ho' });
    });

    it('exits with 130 on Ctrl-C, while the task goes on', async () => {
      const signals = new EventEmitter();
      const run = cli.commands({ signals });
      const running = run('schedule', 'echo.say', '{"text":"hang"}', '--wait');
      await expect.poll(() => signals.listenerCount('SIGINT')).toBe(1);
      signals.emit('SIGINT');
      const { exitCode, stdout, stderr } = await running;
      expect(stderr).toMatch(
        /^task (echo_\w+) goes on; taskfleet status \1 tells how far it is\n$/,
      );
      expect({ exitCode, stdout }).toEqual({ exitCode: 130, stdout: '' });
      expect(signals.listenerCount('SIGINT')).toBe(0);
    });
  });
});
