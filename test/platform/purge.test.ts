import { systemClock } from '@taskfleet/toolbox/clock';
import type { TaskId } from '@taskfleet/toolbox/contract';
import { readTasks } from '@taskfleet/toolbox/table';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cancelQueued } from '../../platform/cancel/cancelTask.ts';
import { commandLine } from '../../platform/cli/testing/runInProcess.ts';
import { sampleFleet } from './sampleFleet.ts';
import { openWays, WAYS } from './startCliUnderTest.ts';
import { type PlatformUnderTest, startPlatformUnderTest } from './startPlatformUnderTest.ts';

const PATIENCE = { timeout: 20_000 };

describe.each(WAYS)('taskfleet purge by %s access', (way) => {
  const by = way === 'direct' ? 'alice' : 'local';
  let platform: PlatformUnderTest;
  let run: ReturnType<typeof commandLine>;
  let running: { stop(): Promise<void> }[];
  /** What handlers were given. */
  let ran: string[];
  let release: () => void;
  beforeEach(async () => {
    platform = await startPlatformUnderTest();
    const ways = openWays();
    running = [platform.startTracker(), ways];
    const openFleet = async () => ways.open(way, platform.environment);
    run = commandLine({ fleet: sampleFleet, openFleet });
    ran = [];
  });
  afterEach(async () => {
    release?.();
    await Promise.all(running.map(async (one) => one.stop()));
    await platform.stop();
  });

  function startWorker() {
    const { promise, resolve } = Promise.withResolvers<void>();
    release = resolve;
    const worker = platform.startEcho({
      'echo.say': ({ text }) => {
        ran.push(text);
        return { said: text };
      },
      'echo.ask': async ({ children }) => {
        await promise;
        return { asked: children };
      },
    });
    running.unshift(worker);
  }

  const schedule = async (task: string, input: object, ...options: string[]) => {
    const { stdout } = await run('schedule', task, JSON.stringify(input), '--json', ...options);
    return (JSON.parse(stdout) as { id: TaskId }).id;
  };
  const say = async (text: string, ...options: string[]) =>
    schedule('echo.say', { text }, ...options);
  const stateOf = async (id: TaskId) =>
    (await readTasks(platform.table, [id], { waiting: true }))[0]?.state;
  const untilState = async (id: TaskId, state: string) => {
    await expect.poll(async () => stateOf(id), PATIENCE).toBe(state);
  };

  it('cancels what waits and has not begun, and leaves alone what runs or waits for its time', async () => {
    startWorker();
    const runs = await schedule('echo.ask', { children: 1 });
    await untilState(runs, 'running');
    const behind = await schedule('echo.ask', { children: 2 });
    const later = await say('later', '--delay', '1h');
    await untilState(behind, 'queued');
    expect(await run('purge', 'echo', '--yes', '--by', 'alice', '--json')).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining(JSON.stringify([behind])),
    });
    const [record] = await readTasks(platform.table, [behind]);
    expect(record).toMatchObject({ state: 'cancelled', attempt: 0, cancel: { by } });
    expect([await stateOf(runs), await stateOf(later)]).toEqual(['running', 'scheduled']);
    // Also when it began after it was listed.
    const options = { table: platform.table, fleet: sampleFleet, clock: systemClock };
    expect(await cancelQueued(options, runs, 'alice')).toBe(false);
    release();
    await untilState(runs, 'succeeded');
  });

  it('lets none of them run, and what is scheduled afterwards all the same', async () => {
    const many = await Promise.all(Array.from({ length: 12 }, async (_, i) => say(`purged ${i}`)));
    const other = await schedule('echo.ask', { children: 1 });
    for (const id of [...many, other]) await untilState(id, 'queued');
    const { stdout } = await run('purge', 'echo', '--task', 'echo.say', '--yes');
    expect(stdout).toContain('echo: 12 cancelled');
    const after = await say('after');
    startWorker();
    release();
    await untilState(after, 'succeeded');
    await untilState(other, 'succeeded');
    expect(ran).toEqual(['after']);
    expect(await Promise.all(many.map(stateOf))).toEqual(many.map(() => 'cancelled'));
    expect(await run('purge', 'echo', '--yes')).toMatchObject({
      exitCode: 0,
      stdout: 'echo: nothing waits that has not begun\n',
    });
  });

  it.each([
    { what: 'without --yes', args: ['echo'], says: 'say --yes if you mean it' },
    { what: 'a worker that is none', args: ['ecko', '--yes'], says: 'did you mean "echo"?' },
    {
      what: 'a task that is none',
      args: ['echo', '--task', 'echo.sai', '--yes'],
      says: 'did you mean',
    },
  ])('refuses $what, and cancels nothing', async ({ args, says }) => {
    const id = await say('stays');
    await untilState(id, 'queued');
    expect(await run('purge', ...args)).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining(says),
    });
    expect(await stateOf(id)).toBe('queued');
  });
});
