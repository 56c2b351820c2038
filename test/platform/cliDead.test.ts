import { openFleet } from '@taskfleet/platform/access';
import { systemClock } from '@taskfleet/toolbox/clock';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { commandLine } from '../../platform/cli/testing/runInProcess.ts';
import { sampleFleet } from './sampleFleet.ts';
import { type Graveyard, startGraveyard } from './startGraveyard.ts';
import { openWays, WAYS } from './startCliUnderTest.ts';
import { messageBody, newId } from './startPlatformUnderTest.ts';

let yard: Graveyard;
let ways: ReturnType<typeof openWays>;
beforeEach(async () => {
  yard = await startGraveyard();
  ways = openWays();
});
afterEach(async () => {
  await ways.stop();
  await yard.stop();
});

/** A letter of a readable message, known to the watcher, which goes on running. */
async function buried(): Promise<string> {
  const id = newId();
  await yard.bury(messageBody({ id }), 'g', 'too hard');
  await yard.letter(id);
  await yard.receiptOf(id);
  return id;
}

describe.each(WAYS)('%s access', (way) => {
  const run = commandLine({
    fleet: sampleFleet,
    openFleet: async () => ways.open(way, yard.environment),
  });

  describe('dead list', () => {
    it('shows letters for people and for programs', async () => {
      yard.watch();
      const id = await buried();
      const { stdout } = await run('dead', 'list', '--worker', 'echo');
      expect(stdout).toMatch(/^ID +WORKER +TASK +DIED +REASON\n/);
      expect(stdout).toMatch(
        new RegExp(`${id} +echo +echo\\.say +(\\d+s ago|just now) +too hard\n`),
      );
      const listed = JSON.parse((await run('dead', 'list', '--json')).stdout);
      expect(listed).toMatchObject({ letters: [{ id, reason: 'too hard' }], cursor: null });
      expect(await run('dead', 'list', '--worker', 'platform')).toMatchObject({
        exitCode: 0,
        stdout: 'no dead letters\n',
      });
    });

    it('never shows what an unreadable message holds', async () => {
      yard.watch();
      await yard.bury('{"password":"hunter2"', 'g', 'message (root): is not JSON');
      const [letter] = await yard.letters(1);
      const shown = [
        await run('dead', 'list'),
        await run('dead', 'list', '--json'),
        await run('dead', 'show', letter!.id),
        await run('dead', 'show', letter!.id, '--json'),
      ];
      expect(shown.map(({ stdout }) => stdout).join()).not.toContain('hunter2');
      expect(shown[2]?.stdout).toContain('message  --raw prints it; it may hold secrets\n');
      expect((await run('dead', 'show', letter!.id, '--raw')).stdout).toContain('hunter2');
      const raw = await run('dead', 'show', letter!.id, '--raw', '--json');
      expect(JSON.parse(raw.stdout).body).toBe('{"password":"hunter2"');
    });
  });

  it('dead show says all that is known of a letter and its task', async () => {
    yard.watch();
    const id = await buried();
    const { exitCode, stdout } = await run('dead', 'show', id);
    expect(stdout).toContain(
      `id       ${id}\nletter   waiting\nworker   echo\ntask     echo.say\n`,
    );
    expect(stdout).toContain('state    dead\n');
    expect(stdout).toContain('reason   too hard\n');
    expect(stdout).toContain('group    g\n');
    expect(exitCode).toBe(0);
    expect((await run('status', id)).stdout).toContain('DeadLetter: too hard\n');
  });

  describe('dead redrive', () => {
    it('puts one back, and all of a worker', async () => {
      yard.watch();
      const [first, second, third] = [await buried(), await buried(), await buried()];
      expect(await run('dead', 'redrive', first)).toEqual({
        exitCode: 0,
        stdout: `${first} is back in its queue\n`,
        stderr: '',
      });
      const all = await run('dead', 'redrive', '--worker', 'echo', '--all', '--json');
      expect(JSON.parse(all.stdout)).toEqual({ redriven: [second, third], pending: [] });
      expect((await run('dead', 'redrive', '--worker=echo', '--all')).stdout).toBe(
        'no dead letters\n',
      );
      yard.work();
      await vi.waitFor(async () => {
        expect((await run('status', third)).stdout).toContain('succeeded');
      }, 10_000);
    });

    it('exits with 3 while the platform does not run', async () => {
      const watcher = yard.watch();
      const id = await buried();
      await watcher.stop();
      const { exitCode, stdout, stderr } = await run('dead', 'redrive', id, '--timeout', '200ms');
      expect(stderr).toMatch(/^error: 0 of 1 are back in their queue; the platform [^\n]+\n$/);
      expect({ exitCode, stdout }).toEqual({ exitCode: 3, stdout: '' });
    });
  });

  describe('dead purge', () => {
    it('deletes one, and all of a worker only for who means it', async () => {
      yard.watch();
      const [first, second] = [await buried(), await buried()];
      expect((await run('dead', 'purge', first)).stdout).toBe(`${first} is purged\n`);
      const careless = await run('dead', 'purge', '--worker', 'echo', '--all');
      expect(careless).toEqual({
        exitCode: 2,
        stdout: '',
        stderr:
          'error: purging all dead letters of "echo" cannot be undone; say --yes if you mean it\n',
      });
      expect(await yard.dead()).toBe(1);
      const all = await run('dead', 'purge', '--worker', 'echo', '--all', '--yes', '--json');
      expect(JSON.parse(all.stdout)).toEqual({ purged: [second] });
      expect(await yard.dead()).toBe(0);
      expect((await run('status', second)).stdout).toContain('too hard (purged by an operator)');
    });
  });

  describe('a mistake is told in one line', () => {
    const which =
      'which letters: expected the id of one, or --worker <name> and --all for all of a worker';
    const id = newId();

    it.each([
      [['dead', 'redrive'], which],
      [['dead', 'redrive', '--all'], which],
      [['dead', 'redrive', '--worker', 'echo'], which],
      [['dead', 'purge', id, '--worker', 'echo', '--all', '--yes'], which],
      [['dead', 'show', id], `no dead letter has the id "${id}"; taskfleet dead list shows them`],
      [['dead', 'purge', 'x'], 'no dead letter has the id "x"; taskfleet dead list shows them'],
      [['dead', 'list', '--worker', 'ecoh'], 'no worker is called "ecoh"; did you mean "echo"?'],
      [['dead', 'list', '--limit', 'many'], 'limit: expected a whole number from 1 to 500'],
      [
        ['dead', 'redrive', '--worker', 'xyz', '--all'],
        'no worker is called "xyz"; known are: platform, echo',
      ],
      [
        ['dead', 'redrive', id, '--timeout', 'soon'],
        'duration: expected digits and one of ms, s, m, h, d (such as "30s"), got "soon"',
      ],
    ])('%j', async (args, message) => {
      expect(await run(...args)).toEqual({
        exitCode: 2,
        stdout: '',
        stderr: `error: ${message}\n`,
      });
    });
  });
});

describe('a mistake is told in one line', () => {
  it('also where the environment does not lead to the queues', async () => {
    yard.watch();
    const letter = await buried();
    const { TASKFLEET_QUEUES: _queues, ...environment } = yard.environment;
    const poor = commandLine({
      fleet: sampleFleet,
      openFleet: async () => openFleet(environment, systemClock),
    });
    expect((await poor('dead', 'list')).exitCode).toBe(0);
    const { exitCode, stderr } = await poor('dead', 'redrive', letter);
    expect(stderr).toMatch(
      /^error: configuration: TASKFLEET_QUEUES: is missing; expected [^\n]+\n$/,
    );
    expect(exitCode).toBe(2);
  });

  it('also where the fleet cannot be reached', async () => {
    const nowhere = { ...yard.environment, AWS_ENDPOINT_URL_DYNAMODB: 'http://127.0.0.1:1' };
    const cut = commandLine({
      fleet: sampleFleet,
      openFleet: async () => openFleet(nowhere, systemClock),
    });
    const { exitCode, stderr } = await cut('dead', 'list');
    expect(stderr).toMatch(/^error: could not list dead letters: [^\n]*ECONNREFUSED[^\n]*\n$/);
    expect(exitCode).toBe(4);
  });
});
