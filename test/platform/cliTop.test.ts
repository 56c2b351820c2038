import { EventEmitter } from 'node:events';
import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { Capture } from '../../platform/cli/testing/runInProcess.ts';
import { virtualClock } from '../fixtures/virtualClock.ts';
import { type CliUnderTest, startCliUnderTest, WAYS } from './startCliUnderTest.ts';

const ENTERED = '\u001b[?1049h\u001b[?25l';
const LEFT = '\u001b[?25h\u001b[?1049l';

const PATIENCE = { timeout: 20_000 } as const;

describe.each(WAYS)('taskfleet top, %s access', (way) => {
  let cli: CliUnderTest;
  beforeAll(async () => {
    cli = await startCliUnderTest(way);
    await cli.run('schedule', 'echo.say', '{"text":"fail"}', '--wait');
    const failed = async () => (await cli.run('list', '--state', 'failed')).stdout;
    await vi.waitUntil(async () => (await failed()).includes('echo.say'), PATIENCE);
    const beaten = async () => (await cli.run('workers')).stdout;
    await vi.waitUntil(async () => (await beaten()).includes('echo_'), PATIENCE);
  });
  afterAll(async () => cli.stop());

  /** A terminal with somebody at it. */
  const seated = () => {
    const setRawMode = vi.fn<(isRaw: boolean) => void>();
    const stdin = Object.assign(new PassThrough(), { isTTY: true, setRawMode });
    const stdout = new Capture(true);
    const signals = new EventEmitter();
    const clock = virtualClock(Date.now(), () => 0.5);
    const running = cli.commands({ stdin, stdout, signals, clock })('top', '--every', '5s');
    const pictures = () => stdout.written.split('\u001b[H').length - 1;
    return { setRawMode, stdin, stdout, signals, clock, running, pictures };
  };

  it('prints one picture, in full, where there is no terminal', async () => {
    const { exitCode, stdout, stderr } = await cli.run('top');
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toMatch(/^taskfleet {2}\S+ {2}\d\d:\d\d:\d\d\n/);
    expect(stdout).toContain('tasks a minute');
    expect(stdout).toContain('the topic takes tasks\n');
    expect(stdout).toMatch(/\necho_\w{12} +running +0\/\d+ /);
    expect(stdout).toMatch(/\nplatform +\d+ +\d+ +\d+ +\d+\n/);
    expect(stdout).toMatch(/ failed +echo\.say +nothing to say\n$/);
    expect(stdout).not.toContain('\u001b');
  });

  it('prints one picture on a terminal that asks for no more', async () => {
    const { exitCode, stdout } = await cli.commands({ isTTY: true })('top', '--once');
    expect(exitCode).toBe(0);
    expect(stdout).not.toContain(ENTERED);
  });

  it('tells programs the same', async () => {
    const { stdout } = await cli.run('top', '--json');
    expect(JSON.parse(stdout)).toMatchObject({
      availability: { available: true },
      pace: { minutes: 10, points: expect.any(Array) },
      processes: [{ worker: 'echo', state: 'running' }],
      queues: [{ service: 'echo' }, { service: 'platform' }],
      failures: [{ task: 'echo.say', state: 'failed' }],
    });
  });

  it('draws again when its time has come, not while it is paused, and leaves the terminal as it was', async () => {
    const { setRawMode, stdin, stdout, signals, clock, running, pictures } = seated();
    await expect.poll(pictures).toBe(1);
    expect(stdout.written.startsWith(ENTERED)).toBe(true);
    expect(setRawMode.mock.calls).toEqual([[true]]);
    clock.pass(5_000);
    await expect.poll(pictures).toBe(2);
    stdin.write('p');
    await expect.poll(() => stdout.written).toContain('paused: p goes on');
    expect(pictures()).toBe(3);
    const at = stdout.written.length;
    clock.pass(5_000);
    await expect.poll(pictures).toBe(4);
    // The same moment as before.
    expect(stdout.written.slice(at)).toContain(
      new Date(clock.now() - 5_000).toISOString().slice(11, 19),
    );
    stdout.emit('resize');
    expect(pictures()).toBe(5);
    stdin.write('q');
    expect(await running).toMatchObject({ exitCode: 0, stderr: '' });
    expect(stdout.written.endsWith(LEFT)).toBe(true);
    expect(setRawMode.mock.calls).toEqual([[true], [false]]);
    expect(stdin.isPaused()).toBe(true);
    expect([signals.eventNames(), stdout.listenerCount('resize')]).toEqual([[], 0]);
  });

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'])(
    'leaves the terminal as it was on %s',
    async (signal) => {
      const { setRawMode, stdout, signals, running, pictures } = seated();
      await expect.poll(pictures).toBe(1);
      signals.emit(signal);
      expect(await running).toMatchObject({ exitCode: 130 });
      expect(stdout.written.endsWith(LEFT)).toBe(true);
      expect(setRawMode.mock.calls).toEqual([[true], [false]]);
    },
  );

  it('leaves the terminal as it was when the process exits under it', async () => {
    const { stdin, stdout, signals, running, pictures } = seated();
    await expect.poll(pictures).toBe(1);
    signals.emit('exit');
    expect(stdout.written.endsWith(LEFT)).toBe(true);
    signals.emit('SIGTERM');
    await running;
    expect(stdin.listenerCount('data')).toBe(0);
  });
});

describe('taskfleet top', () => {
  it.each([
    ['soon', 'expected digits'],
    ['10ms', 'every: expected from 1s to 1h, got "10ms"'],
  ])('refuses to look every %s', async (every, message) => {
    const cli = await startCliUnderTest();
    const ran = await cli.run('top', '--every', every);
    await cli.stop();
    expect(ran).toMatchObject({
      exitCode: 2,
      stdout: '',
      stderr: expect.stringContaining(message),
    });
  });
});
