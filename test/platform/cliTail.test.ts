import { EventEmitter } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Capture } from '../../platform/cli/testing/runInProcess.ts';
import { type CliUnderTest, startCliUnderTest, WAYS } from './startCliUnderTest.ts';
import { messageBody, newId } from './startPlatformUnderTest.ts';

describe.each(WAYS)('taskfleet tail, %s access', (way) => {
  let cli: CliUnderTest;
  beforeAll(async () => {
    cli = await startCliUnderTest(way);
  });
  afterAll(async () => cli.stop());

  const schedule = async (text: string) =>
    (await cli.run('schedule', 'echo.say', JSON.stringify({ text }))).stdout.trim();

  it('follows a task that was scheduled just now until it has succeeded', async () => {
    const { exitCode, stdout, stderr } = await cli.run('tail', await schedule('ho'));
    expect(stdout).toMatch(
      /^20\S+Z {2}succeeded after [^\n]+\n$|\n20\S+Z {2}succeeded after [^\n]+\n$/,
    );
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  });

  it('exits with 1 and the reason for one that failed', async () => {
    const id = await schedule('fail');
    const { exitCode, stdout, stderr } = await cli.run('tail', id);
    expect(stdout).toMatch(/ {2}failed after [^\n]+: NonRetryableError: nothing to say\n/);
    expect(stdout).toMatch(/Z INFO {2}asked to fail \{"times":1\}\n/);
    expect(stderr).toBe(`error: task ${id} failed: nothing to say\n`);
    expect(exitCode).toBe(1);
  });

  it('tells its state, progress and the wish to end it, while it runs', async () => {
    const id = await schedule('hang');
    const signals = new EventEmitter();
    const told = new Capture();
    const running = cli.commands({ signals, stdout: told })('tail', id);
    await expect.poll(() => told.written, { timeout: 20_000 }).toContain('halfway');
    await cli.run('cancel', id);
    const { exitCode, stdout, stderr } = await running;
    expect(stdout).toMatch(/ {2}running, attempt 1 in echo_\w+\n/);
    expect(stdout).toMatch(/ {2}50%: halfway\n/);
    expect(stdout).toMatch(/ {2}cancelled after [^\n]+\n/);
    expect(stderr).toMatch(/^error: task echo_\w+ cancelled: /);
    expect(exitCode).toBe(1);
    expect(signals.listenerCount('SIGINT')).toBe(0);
  });

  it('stops on Ctrl-C, and says that the task goes on', async () => {
    const id = await schedule('hang');
    const signals = new EventEmitter();
    const running = cli.commands({ signals })('tail', id);
    await expect.poll(() => signals.listenerCount('SIGINT')).toBe(1);
    signals.emit('SIGINT');
    const { exitCode, stderr } = await running;
    expect(stderr).toBe(`task ${id} goes on; taskfleet status ${id} tells how far it is\n`);
    expect(exitCode).toBe(130);
    await cli.run('cancel', id);
  });

  it('draws progress on a terminal as a bar', async () => {
    const id = await schedule('ho');
    const { stdout, stderr } = await cli.commands({ isTTY: true })('tail', id);
    expect(stderr).toContain('100% succeeded');
    expect(stdout).toContain('succeeded after');
    expect(stdout).not.toContain('halfway');
  });

  it('prints one record a line for programs', async () => {
    const id = await schedule('ho');
    const { stdout } = await cli.run('tail', id, '--json');
    const records = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as object);
    expect(records.at(-1)).toMatchObject({ id, state: 'succeeded', output: { said: 'ho' } });
  });

  it('follows a family until all of it has ended, and tells whose each line is', async () => {
    const root = newId();
    const child = newId();
    await cli.platform.publish(messageBody({ id: root }));
    const input = { text: 'fail' };
    await cli.platform.publish(messageBody({ id: child, root, parent: root, input }));
    const isListed = async () => (await cli.run('list', '--family', root)).stdout;
    await expect.poll(isListed, { timeout: 20_000 }).toContain(child);
    const { exitCode, stdout, stderr } = await cli.run('tail', root, '--family');
    expect(stdout).toMatch(new RegExp(`Z {2}${root} {2}echo\\.say {2}succeeded`));
    expect(stdout).toMatch(new RegExp(`Z {2}${child} {2}echo\\.say {2}failed`));
    expect(stderr).toBe(`error: task ${child} failed: nothing to say\n`);
    expect(exitCode).toBe(1);
  });

  it.each([['unknown'], ['not-an-id']])('exits with 2 for an id that is %s', async (what) => {
    const ran = await cli.run('tail', what === 'unknown' ? newId() : what);
    expect(ran).toMatchObject({ exitCode: 2, stdout: '' });
    expect(ran.stderr).toMatch(/^error: no task has the id [^\n]+\n$/);
  });
});
