import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineFleet, defineTask, defineWorker } from '@taskfleet/toolbox/contract';
import { afterAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import manifest from '../package.json' with { type: 'json' };
import { NoFleetError } from '../errors.ts';
import { commandLine } from './testing/runInProcess.ts';

const send = defineTask('email.send', {
  input: z.strictObject({ to: z.email(), copies: z.int().max(3).optional() }),
  output: z.object({}),
});
const fleet = defineFleet([defineWorker('email', { tasks: [send] })]);

const folder = mkdtempSync(join(tmpdir(), 'taskfleet-cli-'));
writeFileSync(join(folder, 'broken.json'), '{\n  "to": nope\n}');
afterAll(() => rmSync(folder, { recursive: true }));

/** Opening the fleet is the last thing that can be wrong: whatever fails before has scheduled nothing. */
const openFleet = () => Promise.reject(new NoFleetError());
const run = commandLine({ fleet, openFleet, stdin: '[1,' });

describe('a wrong request is refused with one line and exit code 2', () => {
  it.each([
    [['schedul'], `unknown command 'schedul' (Did you mean schedule?)`],
    [['schedule'], `missing required argument 'task'`],
    [['schedule', 'email.send', '{}', '--wiat'], `unknown option '--wiat' (Did you mean --wait?)`],
    [['status', 'a', 'b'], `too many arguments for 'status'. Expected 1 argument but got 2`],
    [['schedule', 'emial.send'], 'unknown task "emial.send"; did you mean "email.send"?'],
    [['schedule', 'x.y'], 'unknown task "x.y"; known tasks: email.send'],
    [['schedule', 'email.send', '{to'], 'input: expected JSON at line 1, column 2, got "to"'],
    [['schedule', 'email.send', ''], 'input: expected JSON at line 1, column 1, got the end'],
    [
      ['schedule', 'email.send', '-'],
      'standard input: expected JSON at line 1, column 4, got the end',
    ],
    [
      ['schedule', 'email.send', `@${folder}/broken.json`],
      `${folder}/broken.json: expected JSON at line 2, column 9, got "nope"`,
    ],
    [
      ['schedule', 'email.send', `@${folder}/none.json`],
      `cannot read "${folder}/none.json": there is no such file`,
    ],
    [
      ['schedule', 'email.send', '{}', '--timeout', 'soon'],
      'duration: expected digits and one of ms, s, m, h, d (such as "30s"), got "soon"',
    ],
    [['put', `${folder}/none.jpg`], `cannot read "${folder}/none.jpg": there is no such file`],
    [['put', folder], `cannot read "${folder}": it is a folder, expected a file`],
    [['list', '--state', 'done'], `option '--state <state>' argument 'done' is invalid.`],
    [['list', '--family', 'x'], 'no task has the id "x"'],
    [
      ['list'],
      'no fleet found: run npm start in another terminal, give --url, or set TASKFLEET_STAGE',
    ],
  ])('%j', async (args, message) => {
    const { exitCode, stdout, stderr } = await run(...args);
    expect(stderr).toContain(`error: ${message}`);
    expect(stderr).toMatch(/^[^\n]+\n$/);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
  });
});

describe('a wrong command line says where its help is', () => {
  it.each([
    [['schedul'], 'taskfleet'],
    [['schedule'], 'taskfleet schedule'],
    [['--url', 'https://example.com', 'status'], 'taskfleet status'],
    [['list', '--state', 'done'], 'taskfleet list'],
    [['dead', 'show'], 'taskfleet dead show'],
    [['control', 'paus'], 'taskfleet control'],
  ])('%j', async (args, command) => {
    expect((await run(...args)).stderr).toMatch(
      new RegExp(`^error: [^\\n]+[^.]; see ${command} --help\n$`),
    );
  });
});

describe('--version', () => {
  it('is that of the package', async () => {
    expect(await run('--version')).toEqual({
      exitCode: 0,
      stdout: `${manifest.version}\n`,
      stderr: '',
    });
  });
});

describe('help', () => {
  it.each([
    'schedule',
    'status',
    'result',
    'list',
    'put',
    'tasks',
    'doctor',
    'cost',
    'tail',
    'top',
    'open',
  ])('of %s has examples and the exit codes', async (command) => {
    const { exitCode, stdout, stderr } = await run(command, '--help');
    expect(stdout).toContain(`Usage: taskfleet ${command}`);
    expect(stdout).toMatch(/Examples:\n {2}\$ taskfleet/);
    expect(stdout).toContain('2  the request was wrong');
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  });

  it.each(['list', 'show', 'redrive', 'purge'])('of dead %s has them too', async (command) => {
    const { exitCode, stdout } = await run('dead', command, '--help');
    expect(stdout).toContain(`Usage: taskfleet dead ${command}`);
    expect(stdout).toContain(`Examples:\n  $ taskfleet dead ${command}`);
    expect(stdout).toContain('2  the request was wrong');
    expect(exitCode).toBe(0);
  });

  it('is shown, with exit code 2, when no command is given', async () => {
    const { exitCode, stdout, stderr } = await run();
    expect(stderr).toContain('Usage: taskfleet');
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
  });
});

describe('tasks', () => {
  it('lists the tasks with their input, without a fleet', async () => {
    const { exitCode, stdout } = await run('tasks');
    expect(exitCode).toBe(0);
    expect(stdout).toBe('TASK        INPUT\nemail.send  to: email, copies?: integer\n');
  });

  it('lists the ping of each worker too, when asked for all', async () => {
    const { stdout } = await run('tasks', '--all');
    expect(stdout).toMatch(/^email\.ping *$/m);
  });

  it('prints JSON Schemas for programs', async () => {
    const { stdout } = await run('tasks', '--json');
    const [task] = JSON.parse(stdout).tasks;
    expect(task).toMatchObject({ name: 'email.send', worker: 'email' });
    expect(task.input).toMatchObject({ type: 'object', required: ['to'] });
  });
});
