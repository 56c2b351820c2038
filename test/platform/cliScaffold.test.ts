import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { defineFleet, defineTask, defineWorker } from '@taskfleet/toolbox/contract';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { NoFleetError } from '../../platform/errors.ts';
import { commandLine } from '../../platform/cli/testing/runInProcess.ts';
import { treeOf } from '../guide/treeOf.ts';

const worker = (name: string) =>
  defineWorker(name, {
    tasks: [defineTask(`${name}.run`, { input: z.object({}), output: z.object({}) })],
  });

const FLEET = `import { defineFleet } from '@taskfleet/toolbox/contract';
import { mailWorker } from './mail/contract.ts';
import { mapsWorker } from './maps/contract.ts';

export const fleet = defineFleet([mailWorker, mapsWorker]);
`;

/** So much of a project as the commands look at. */
const FILES = {
  'workers/fleet.ts': FLEET,
  'workers/mail/contract.ts': '// mail\n',
  'workers/maps/contract.ts': '// maps\n',
  'shared-toolbox/package.json': '{"version":"0.1.0","dependencies":{"zod":"4.6.7"}}',
};

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'taskfleet-project-'));
  for (const [path, text] of Object.entries(FILES)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
});
afterEach(() => rmSync(root, { recursive: true }));

const run = async (...args: string[]) => runIn(root, ...args);
const runIn = async (cwd: string, ...args: string[]) => {
  const fleet = defineFleet([worker('mail'), worker('maps')]);
  const openFleet = async () => Promise.reject(new NoFleetError());
  return commandLine({ fleet, openFleet, cwd })(...args);
};
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const git = (...args: string[]) => execFileSync('git', ['-C', root, ...args]);

function commit(): void {
  git('init', '--quiet');
  git('add', '--all');
  git('-c', 'user.name=a', '-c', 'user.email=a@example.org', 'commit', '--quiet', '-m', 'all');
}

describe('taskfleet new worker', () => {
  it('says what it made, and what comes next', async () => {
    const { exitCode, stdout } = await run('new', 'worker', 'reports', '--task', 'monthly');
    expect(exitCode).toBe(0);
    expect(stdout).toContain('create  workers/reports/handlers/reportsMonthly.ts\n');
    expect(stdout).toContain('change  workers/fleet.ts\n');
    expect(stdout).toContain('npm test');
    expect(read('workers/fleet.ts')).toContain('[mailWorker, mapsWorker, reportsWorker]');
    expect(read('workers/reports/contract.ts')).toContain("defineTask('reports.monthly'");
    expect(JSON.parse(read('workers/reports/package.json'))).toMatchObject({
      name: '@taskfleet/worker-reports',
      dependencies: { '@taskfleet/toolbox': '0.1.0', zod: '4.6.7' },
    });
  });

  it('works in any folder of the project', async () => {
    expect(await runIn(join(root, 'workers', 'mail'), 'new', 'worker', 'reports')).toMatchObject({
      exitCode: 0,
    });
    expect(existsSync(join(root, 'workers', 'reports', 'main.ts'))).toBe(true);
  });

  it('has a function for Lambda, and threads where it is told', async () => {
    await run('new', 'worker', 'quick', '--compute', 'lambda');
    expect(read('workers/quick/lambda.ts')).toContain('lambdaHandler(implementation)');
    expect(read('workers/quick/contract.ts')).toContain('compute: lambda()');
    await run('new', 'worker', 'heavy', '--pool', 'threads');
    expect(read('workers/heavy/contract.ts')).toContain('pool: threads()');
  });

  it.each([
    ['new', 'worker', 'reports'],
    ['remove', 'worker', 'maps'],
  ])('and %s %s %s change nothing with --dry-run, and say what they would', async (...command) => {
    const before = treeOf(root);
    const { exitCode, stdout } = await run(...command, '--dry-run');
    expect({ exitCode, stdout }).toEqual({
      exitCode: 0,
      stdout: expect.stringContaining('would change  workers/fleet.ts'),
    });
    const { stdout: json } = await run(...command, '--dry-run', '--json');
    expect(JSON.parse(json)).toMatchObject({ dryRun: true, changed: ['workers/fleet.ts'] });
    expect(treeOf(root)).toEqual(before);
  });

  it.each([
    { args: ['Reports'], says: 'try "reports"' },
    { args: ['mail'], says: 'there is a worker "mail" already' },
    { args: ['reports', '--compute', 'ec2'], says: 'Allowed choices are fargate, lambda' },
    { args: [], says: "missing required argument 'name'" },
  ])('refuses $args in one line, and changes nothing', async ({ args, says }) => {
    const before = treeOf(root);
    const { exitCode, stderr } = await run('new', 'worker', ...args);
    expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: expect.stringContaining(says) });
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(treeOf(root)).toEqual(before);
  });

  it('overwrites no folder that is there', async () => {
    mkdirSync(join(root, 'workers', 'reports'));
    writeFileSync(join(root, 'workers', 'reports', 'contract.ts'), 'mine');
    const before = treeOf(root);
    expect(await run('new', 'worker', 'reports')).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('move workers/reports away, or choose another name'),
    });
    expect(treeOf(root)).toEqual(before);
  });

  it('says where to go from a folder that is no project', async () => {
    expect(await runIn(tmpdir(), 'new', 'worker', 'reports')).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('go to the folder of your fleet'),
    });
  });
});

describe('taskfleet remove worker', () => {
  it('takes it away when git could bring it back, and says what stays in AWS', async () => {
    commit();
    const { exitCode, stdout } = await run('remove', 'worker', 'maps');
    expect(exitCode).toBe(0);
    expect(stdout).toContain('which deletes its queues with all that is in them');
    expect(stdout).toContain('records of its tasks until their retention is over');
    expect(read('workers/fleet.ts')).not.toContain('maps');
    expect(existsSync(join(root, 'workers', 'maps'))).toBe(false);
  });

  it.each([
    { what: 'in no repository', prepare: () => undefined, says: 'is in no git repository' },
    {
      what: 'with changes',
      prepare: () => {
        commit();
        writeFileSync(join(root, 'workers/maps/contract.ts'), '// changed\n');
      },
      says: 'has what is not committed',
    },
    {
      what: 'with files that git ignores',
      prepare: () => {
        writeFileSync(join(root, '.gitignore'), '.env\n');
        commit();
        writeFileSync(join(root, 'workers/maps/.env'), 'A=1\n');
      },
      says: 'has what is not committed',
    },
  ])('refuses one $what, unless it is forced', async ({ prepare, says }) => {
    prepare();
    const before = treeOf(join(root, 'workers'));
    expect(await run('remove', 'worker', 'maps')).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining(says),
    });
    expect(treeOf(join(root, 'workers'))).toEqual(before);
    expect(await run('remove', 'worker', 'maps', '--force')).toMatchObject({ exitCode: 0 });
    expect(existsSync(join(root, 'workers', 'maps'))).toBe(false);
  });
});
