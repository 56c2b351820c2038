import { createWorkers } from '@taskfleet/platform/signals';
import { systemClock } from '@taskfleet/toolbox/clock';
import { defineFleet, defineTask, defineWorker, lambda } from '@taskfleet/toolbox/contract';
import { type Heartbeat, putHeartbeat, removeHeartbeat } from '@taskfleet/toolbox/table';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { commandLine, type Ran } from '../../platform/cli/testing/runInProcess.ts';
import { echoWorker, say } from './sampleFleet.ts';
import { openWays, WAYS } from './startCliUnderTest.ts';
import { newId, type PlatformUnderTest, startPlatformUnderTest } from './startPlatformUnderTest.ts';

const call = defineTask('remote.call', { input: z.null(), output: z.null(), timeLimit: '10s' });
const fleet = defineFleet([
  echoWorker,
  defineWorker('remote', { tasks: [call], compute: lambda() }),
]);

const ID = 'echo_00000000000a';
const GONE = 'echo_00000000000b';

describe.each(WAYS)('%s access', (way) => {
  /** Over the API it is who asks. */
  const asker = (name: string) => (way === 'direct' ? name : 'local');

  let platform: PlatformUnderTest;
  let ways: ReturnType<typeof openWays>;
  let run: (...args: string[]) => Promise<Ran>;
  beforeAll(async () => {
    platform = await startPlatformUnderTest();
    ways = openWays(fleet);
    run = commandLine({ fleet, openFleet: async () => ways.open(way, platform.environment) });
    await beat({ id: ID, tasks: [{ id: TASK, task: say.name, startedAt: Date.now() - 125_000 }] });
    await beat({ id: GONE, host: 'elsewhere', beatAt: Date.now() - 60_000 });
  });
  afterAll(async () => {
    await ways.stop();
    await platform.stop();
  });

  const TASK = newId();

  /** What a process says that is there for the tests alone. */
  async function beat(said: Partial<Heartbeat> & Pick<Heartbeat, 'id'>): Promise<void> {
    await putHeartbeat(platform.table, {
      worker: 'echo',
      host: 'ip-10-0-0-1',
      pid: 7,
      toolbox: '0.1.0',
      node: '24.21.0',
      startedAt: Date.now() - 600_000,
      beatAt: Date.now() + 3_600_000,
      beat: 3,
      intervalSeconds: 10,
      leaseSeconds: 12,
      state: 'running',
      revision: 0,
      concurrency: 10,
      running: 3,
      tasks: [],
      processed: 12,
      failed: 1,
      retried: 2,
      rssBytes: 93_400_000,
      lagMs: 1.5,
      ...said,
    });
  }

  describe('taskfleet workers', () => {
    it('lists processes with what they do and how they are', async () => {
      const { exitCode, stdout } = await run('workers');
      expect(exitCode).toBe(0);
      const [heading, ...rows] = stdout.split('\n');
      expect(heading).toMatch(
        /^WORKER +PROCESS +HOST +STATE +RUNNING +PROCESSED +FAILED +MEMORY +LAG +VERSION +SEEN$/,
      );
      expect(rows.join('\n')).toMatch(
        /echo +echo_00000000000a +ip-10-0-0-1 +running +3\/10 +12 +1 +93 MB +1\.5 ms +0\.1\.0 +just now/,
      );
      expect(rows.join('\n')).toMatch(/echo_00000000000b +elsewhere +lost .* 1m ago/);
      expect(stdout).toContain('remote runs on Lambda, where it has no processes\n');
    });

    it('tells programs the same', async () => {
      const { stdout } = await run('workers', '--worker', 'echo', '--json');
      const { processes } = JSON.parse(stdout) as { processes: unknown[] };
      expect(processes).toHaveLength(2);
      expect(processes).toContainEqual(
        expect.objectContaining({ id: ID, worker: 'echo', running: 3, lost: false, retried: 2 }),
      );
    });

    it('says so when there are none', async () => {
      const { stdout } = await run('workers', '--worker', 'remote');
      expect(stdout).toMatch(/^no processes\nremote runs on Lambda/);
    });
  });

  describe('taskfleet inspect', () => {
    it('shows the tasks that run in a process, with their age', async () => {
      const { exitCode, stdout } = await run('inspect', ID);
      expect(exitCode).toBe(0);
      expect(stdout).toContain('host     ip-10-0-0-1, process 7\n');
      expect(stdout).toContain('running  3 of 10\n');
      expect(stdout).toMatch(new RegExp(`${TASK} +echo.say +2m ago\nand 2 that began later\n`));
    });

    it('shows every process of a worker, and what it is told by whom', async () => {
      await run('control', 'pause', 'echo', '--by', 'alice');
      await run('control', 'concurrency', 'echo', '4', '--process', ID, '--by', 'bob');
      await run('control', 'time-limit', 'echo.say', '5m', '--soft', '90s');
      const { stdout } = await run('inspect', 'echo');
      expect(stdout).toContain(`wanted   all: paused (${asker('alice')}, `);
      expect(stdout).toContain(`wanted   ${ID}: concurrency 4 (${asker('bob')}, `);
      expect(stdout).toContain(
        `wanted   echo.say: time limit 5 min 0 s soft limit 1 min 30 s (${asker('an operator')}, `,
      );
      expect(stdout).toContain(`process  ${GONE}\n`);
      const { wanted } = JSON.parse((await run('inspect', 'echo', '--json')).stdout);
      expect(wanted).toMatchObject({
        all: { paused: { value: true, by: asker('alice'), at: expect.any(Number) } },
        processes: { [ID]: { concurrency: { value: 4 } } },
        limits: { 'echo.say': { timeLimitMs: 300_000, softTimeLimitMs: 90_000 } },
      });
      await run('control', 'resume', 'echo');
      expect((await run('inspect', 'echo')).stdout).not.toContain('paused');
    });
  });

  describe('taskfleet control', () => {
    it.each([
      [['pause', 'echo'], 'echo (1 process): within 10 s begins nothing new'],
      [['pause', 'echo', '--process', ID], `${ID}: within 10 s begins nothing new`],
      [['resume', 'echo'], 'echo (1 process): within 10 s receives again; 1 lost process'],
      [['concurrency', 'echo', '1'], 'runs 1 task at the same time'],
      [['concurrency', 'echo', 'default'], 'runs as many tasks as its contract says'],
      [
        ['time-limit', 'echo.say', '90s'],
        'gives new attempts of echo.say the time limit 1 min 30 s',
      ],
      [['time-limit', 'echo.say', 'default'], "gives new attempts of echo.say its contract's"],
      [['rate-limit', 'echo.say', '10/m'], 'begins an attempt of echo.say every 6.0 s at most'],
      [['rate-limit', 'echo.say', 'default'], 'begins an attempt of echo.say as often as its'],
      [['shutdown', 'echo'], 'stops in order and exits with 0; ECS or npm start starts another'],
    ])('%j says what will happen, and when', async (args, text) => {
      const { exitCode, stdout, stderr } = await run('control', ...args);
      expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
      expect(stdout).toContain(text);
      expect(stdout.split('\n')).toHaveLength(2);
    });

    it.each([
      [['pause', 'ehco'], 'no worker is called "ehco"; did you mean "echo"?'],
      [['pause', 'echo', '--process', 'echo_00000000000c'], 'did you mean "echo_00000000000a"?'],
      [['pause', 'echo', '--process', 'some'], 'no process has the id "some"; those that live are'],
      [['pause', 'remote'], '"remote" runs on Lambda'],
      [['time-limit', 'remote.call', '5s'], '"remote" runs on Lambda'],
      [['concurrency', 'echo', '0'], 'concurrency: expected a whole number from 1 to 1000, got 0'],
      [['concurrency', 'echo', 'many'], 'concurrency: expected a number or default, got "many"'],
      [['time-limit', 'echo.sya', '5s'], 'unknown task "echo.sya"; did you mean "echo.say"?'],
      [['time-limit', 'echo.say', '5 s'], 'expected digits and one of ms, s, m, h, d'],
      [['time-limit', 'echo.say', '13h'], 'time limit: expected 1000 to'],
      [['time-limit', 'echo.say', '5s', '--soft', '5s'], 'soft time limit: expected'],
      [['rate-limit', 'echo.say', '10/min'], 'rate limit: expected a whole number from 1, a slash'],
      [['pause', 'echo', '--timeout', 'soon'], 'expected digits'],
    ])('%j is refused with one line', async (args, text) => {
      const before = await createWorkers({ table: platform.table, clock: systemClock }).wanted(
        'echo',
      );
      const { exitCode, stdout, stderr } = await run('control', ...args);
      expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
      expect(stderr).toMatch(/^error: [^\n]*\n$/);
      expect(stderr).toContain(text);
      expect(
        await createWorkers({ table: platform.table, clock: systemClock }).wanted('echo'),
      ).toEqual(before);
    });

    it('with --wait exits with 3 when a process that lives has not done it in time, and names it', async () => {
      const { exitCode, stderr } = await run(
        'control',
        'pause',
        'echo',
        '--wait',
        '--timeout',
        '0s',
      );
      expect(stderr).toContain(`it is not done yet by ${ID}; it stands`);
      expect(exitCode).toBe(3);
    });

    it('with --wait ends when every process that lives has heard it', async () => {
      const waiting = run('control', 'resume', 'echo', '--wait', '--json');
      const wanted = async () =>
        createWorkers({ table: platform.table, clock: systemClock }).wanted('echo');
      await expect.poll(async () => (await wanted()).wanted?.paused?.value).toBe(false);
      const { revision } = await wanted();
      await beat({ id: ID, revision });
      const { exitCode, stdout } = await waiting;
      expect(JSON.parse(stdout)).toEqual({
        worker: 'echo',
        revision,
        processes: expect.arrayContaining([ID, GONE]),
        done: true,
      });
      expect(exitCode).toBe(0);
    });

    it('with --wait ends after a shutdown when the processes have ended, and not when they have only heard it', async () => {
      const early = await run('control', 'shutdown', 'echo', '--json');
      await beat({
        id: ID,
        revision: (JSON.parse(early.stdout) as { revision: number }).revision + 1,
      });
      const late = await run('control', 'shutdown', 'echo', '--wait', '--timeout', '0s');
      expect(late.exitCode).toBe(3);
      await removeHeartbeat(platform.table, ID);
      const { exitCode, stdout } = await run('control', 'shutdown', 'echo', '--wait');
      expect({ exitCode, stdout }).toEqual({
        exitCode: 0,
        stdout: expect.stringMatching(/\ndone\n$/),
      });
    });

    it('has examples in the help of every command', async () => {
      for (const command of ['pause', 'resume', 'concurrency', 'shutdown', 'time-limit']) {
        const { exitCode, stdout } = await run('control', command, '--help');
        expect(exitCode).toBe(0);
        expect(stdout).toContain(`  $ taskfleet control ${command} `);
      }
      expect((await run('control', 'shutdown', '--help')).stdout).toContain('ECS starts another');
    });
  });
});
