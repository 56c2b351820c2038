import { readStatistics, type StatisticsQuery, stepFor } from '@taskfleet/platform/statistics';
import { openFleet } from '@taskfleet/platform/access';
import { systemClock } from '@taskfleet/toolbox/clock';
import { NonRetryableError } from '@taskfleet/toolbox/contract';
import { Statistics } from '@taskfleet/toolbox/statistics';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { commandLine, type Ran } from '../../platform/cli/testing/runInProcess.ts';
import { meter } from '../bench/meter.ts';
import { sampleFleet, say } from './sampleFleet.ts';
import { type Graveyard, startGraveyard } from './startGraveyard.ts';
import { messageBody, newId, silent } from './startPlatformUnderTest.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;

let yard: Graveyard;
let run: (...args: string[]) => Promise<Ran>;
beforeAll(async () => {
  yard = await startGraveyard();
  const open = async () => openFleet(yard.environment, systemClock);
  run = commandLine({ fleet: sampleFleet, openFleet: open });
});
afterAll(async () => yard.stop());

async function read(query: StatisticsQuery) {
  return readStatistics({ table: yard.table, fleet: sampleFleet, clock: systemClock }, query);
}

describe('taskfleet stats', () => {
  it('says so while nothing was counted', async () => {
    const { exitCode, stdout } = await run('stats', '--since', '5m');
    expect([exitCode, stdout]).toEqual([0, 'nothing was counted in the last 5m\n']);
  });

  it('shows what was scheduled, ended, failed and died, and how long it took', async () => {
    const tracker = yard.startTracker();
    const watcher = yard.watch();
    const worker = yard.work({
      'echo.say': ({ text }) => {
        if (text === 'fail') throw new NonRetryableError('nothing to say');
        return { said: text };
      },
    });
    const texts = ['a', 'b', 'fail'];
    const handles = await Promise.all(
      texts.map(async (text) => yard.scheduler.schedule(say, { text })),
    );
    await Promise.allSettled(handles.map(async (handle) => handle.result({ timeout: '15s' })));
    const id = newId();
    await yard.bury(messageBody({ id }));
    await yard.letter(id);
    await vi.waitFor(async () => expect(await yard.left()).toBe(0), 10_000);
    await Promise.all([worker.stop(), tracker.stop(), watcher.stop()]);
    await yard.statistics.flush();
    const { exitCode, stdout } = await run('stats');
    expect(exitCode).toBe(0);
    const [heading, ...rows] = stdout.trimEnd().split('\n');
    expect(heading).toMatch(/^TASK +ENDED +A MINUTE +FAILED +RUN P50 +P95 +P99 +WAIT P50 /);
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatch(/^echo\.say +4 +0\.1 +50\.0% +(\d+(\.\d)? m?s +){6}[▁▂▃▄▅▆▇█]{30,31}$/);
  });

  it('tells programs every point, from minutes and from hours alike', async () => {
    for (const [since, points] of [
      ['1h', 31],
      ['1d', 25],
      ['7d', 29],
    ] as const) {
      const { stdout } = await run('stats', '--task', 'echo.say', '--since', since, '--json');
      const { tasks } = JSON.parse(stdout) as Awaited<ReturnType<typeof read>>;
      expect(tasks).toHaveLength(1);
      expect(tasks[0]!.points.length).toBeGreaterThanOrEqual(points - 1);
      expect(tasks[0]!.points.length).toBeLessThanOrEqual(points);
      expect(tasks[0]!.total).toMatchObject({
        scheduled: 3,
        succeeded: 2,
        failed: 1,
        dead: 1,
        cancelled: 0,
        ended: 4,
        run: { count: 3 },
        wait: { count: 3 },
      });
    }
  });

  it.each([
    [['--since', '91d'], 'error: --since: expected from 1m to 90d, got "91d"\n'],
    [['--since', '59s'], 'error: --since: expected from 1m to 90d, got "59s"\n'],
    [
      ['--since', 'long'],
      'error: duration: expected digits and one of ms, s, m, h, d (such as "30s"), got "long"\n',
    ],
    [['--task', 'echo.sy'], 'error: unknown task "echo.sy"; did you mean "echo.say"?\n'],
  ])('refuses %j in one line', async (args, error) => {
    expect(await run('stats', ...args)).toEqual({ exitCode: 2, stdout: '', stderr: error });
  });
});

describe('statistics that are read', () => {
  /** Long ago, so that nothing else is counted then. */
  const AT = Date.UTC(2026, 0, 5, 10, 0);

  /** What a process counts of one task, at a time, and writes. */
  async function count(at: number, shard: number, tasks: readonly string[]) {
    const clock = { now: () => at, randomBytes: () => Uint8Array.of(shard) };
    const statistics = new Statistics({
      table: yard.table,
      writer: 'echo',
      clock,
      log: silent,
    });
    for (const task of tasks) statistics.count(task, 'succeeded');
    await statistics.stop();
  }

  it('are of every process and shard, in the step in which they were counted, zero elsewhere', async () => {
    for (const shard of [0, 1, 2, 3, 3]) await count(AT + MINUTE_MS, shard, ['echo.say']);
    await count(AT + 4 * MINUTE_MS, 0, ['echo.say']);
    const query = { from: AT, to: AT + 5 * MINUTE_MS, stepMs: MINUTE_MS };
    const { tasks } = await read(query);
    expect(tasks.map(({ task }) => task)).toEqual(['echo.ask', 'echo.say']);
    const [ask, say] = tasks.map(({ points }) => points.map(({ succeeded }) => succeeded));
    expect([ask, say]).toEqual([
      [0, 0, 0, 0, 0],
      [0, 5, 0, 0, 1],
    ]);
    const wider = await read({ ...query, from: AT + 1, to: AT + 3 * MINUTE_MS, stepMs: HOUR_MS });
    expect(wider).toMatchObject({ from: AT, to: AT + HOUR_MS });
    expect(wider.tasks[1]?.points.map(({ succeeded }) => succeeded)).toEqual([6]);
  });

  it('have tasks that the fleet has no more, while its worker is there', async () => {
    await count(AT + DAY_MS, 0, ['echo.before']);
    const { tasks } = await read({ from: AT + DAY_MS, to: AT + DAY_MS + HOUR_MS, stepMs: HOUR_MS });
    expect(tasks.map(({ task, total }) => [task, total.succeeded])).toEqual([
      ['echo.ask', 0],
      ['echo.before', 1],
      ['echo.say', 0],
    ]);
  });

  it('are found by their keys alone, for half a read unit each', async () => {
    const counted = meter(yard.clients);
    await read({ from: AT, to: AT + HOUR_MS, stepMs: MINUTE_MS });
    // Of platform and worker, in four shards.
    expect(counted.requests.get('BatchGetItem')).toBe((2 * 4 * 60) / 100 + 0.2);
    expect([...counted.requests.keys()]).not.toContain('Query');
    expect([...counted.requests.keys()]).not.toContain('Scan');
  });

  it('are refused where they would be too many, or are not counted so', async () => {
    const query = { from: AT, to: AT + 8 * DAY_MS, stepMs: MINUTE_MS };
    await expect(read(query)).rejects.toThrow(
      '11520 periods of 2 services are 92160 items, at most 20000 are read together: ask for a shorter time, or a longer step',
    );
    const odd = { ...query, stepMs: 1_500 };
    await expect(read(odd)).rejects.toThrow('step: expected whole minutes, got 1500 ms');
  });

  it.each([
    [HOUR_MS, 2 * MINUTE_MS],
    [DAY_MS, HOUR_MS],
    [7 * DAY_MS, 6 * HOUR_MS],
    [90 * DAY_MS, 3 * DAY_MS],
    [1_000 * DAY_MS, 3 * DAY_MS],
  ])('of %i ms have points of %i ms', (windowMs, stepMs) => {
    expect(stepFor(windowMs)).toBe(stepMs);
  });
});
