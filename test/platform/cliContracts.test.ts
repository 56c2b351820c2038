import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { commandLine, type Ran } from '../../platform/cli/testing/runInProcess.ts';
import { NoFleetError } from '../../platform/errors.ts';
import {
  type ContractsRepository,
  contractsRepository,
  exportFiles,
} from './contractsRepository.ts';
import { sampleFleet } from './sampleFleet.ts';

const bin = join(import.meta.dirname, '..', '..', 'platform', 'cli', 'taskfleet.mjs');

/** Where commands put what they leave behind, if they do. */
const temporary = mkdtempSync(join(tmpdir(), 'taskfleet-contracts-test-'));
afterAll(() => rmSync(temporary, { recursive: true }));

let repository: ContractsRepository;
beforeEach(() => {
  repository = contractsRepository();
  vi.stubEnv('TMPDIR', temporary);
});
afterEach(() => {
  vi.unstubAllEnvs();
  repository[Symbol.dispose]();
  const left = readdirSync(temporary);
  if (left.length > 0) throw new Error(`left behind: ${left.join(', ')}`);
});

async function diff(...args: readonly string[]): Promise<Ran> {
  return diffIn(repository.folder, ...args);
}

async function diffIn(cwd: string, ...args: readonly string[]): Promise<Ran> {
  const openFleet = () => Promise.reject(new NoFleetError());
  return commandLine({ fleet: sampleFleet, openFleet, cwd })('contracts', 'diff', ...args);
}

describe('taskfleet contracts diff', () => {
  it('tells of what breaks since a tag, in files that are not committed', async () => {
    repository.write(exportFiles(['xls', 'res']));
    repository.commit('v1');
    repository.write(exportFiles(['xls'], "timeLimit: '5m',"));
    const { exitCode, stdout, stderr } = await diff('v1');
    expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: '' });
    expect(stdout.split('\n')).toEqual([
      'export.project',
      '  breaking    input.format: value "res" was removed; tasks in queues or schedules with it will fail. ' +
        'Keep taking both for as long as tasks live (14 days, and longer in schedules), or make a new task name',
      '  careful     timeLimitMs: it was 600000, is 300000; attempts that take longer are ended, ' +
        'and calls that ask for more are refused. Look in taskfleet stats how long it takes',
      '',
      expect.stringMatching(
        /^since v1 \([0-9a-f]{7}\): breaking: 1, unjudged: 0, careful: 1, compatible: 0$/,
      ),
      '',
    ]);
    expect(repository.git('status', '--porcelain')).toContain('kit/kit.ts');
    expect(repository.git('worktree', 'list').trim().split('\n')).toHaveLength(1);
  });

  it('prints the same for programs', async () => {
    repository.write(exportFiles(['xls', 'res']));
    repository.commit('v1');
    repository.write(exportFiles(['xls']));
    const { exitCode, stdout } = await diff('v1', '--json');
    expect(exitCode).toBe(1);
    expect(JSON.parse(stdout)).toEqual({
      ref: 'v1',
      commit: repository.git('rev-parse', 'v1').trim(),
      ok: false,
      changes: [
        expect.objectContaining({
          verdict: 'breaking',
          subject: 'export.project',
          place: 'input.format',
          what: 'value "res" was removed',
        }),
      ],
    });
  });

  it('is content with what is the same, and with what only has to be rolled out with care', async () => {
    repository.write(exportFiles(['xls']));
    repository.commit('v1');
    expect(await diff('HEAD')).toMatchObject({
      exitCode: 0,
      stdout: expect.stringMatching(/^no contract has changed since HEAD \([0-9a-f]{7}\)\n$/),
    });
    repository.write(exportFiles(['xls', 'shp']));
    expect(await diff('v1', '--strict')).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining('careful     input.format: value "shp" was added'),
    });
  });

  it('refuses what cannot be judged when it is to be strict', async () => {
    repository.write(exportFiles(['xls'], 'group: ({ format }) => format,'));
    repository.commit('v1');
    repository.write(exportFiles(['xls'], 'group: ({ format }) => `${format}s`,'));
    expect(await diff('v1')).toMatchObject({ exitCode: 0 });
    const told = expect.stringContaining('unjudged    group: the text of its function has changed');
    expect(await diff('v1', '--strict')).toMatchObject({ exitCode: 1, stdout: told });
  });

  it('finds a fleet below the top, from a folder of its own', async () => {
    using nested = contractsRepository('services/tasks');
    nested.write(exportFiles(['xls', 'res']));
    nested.commit('v1');
    nested.write(exportFiles(['res']));
    const ran = await diffIn(join(nested.folder, 'workers', 'export'), 'v1');
    expect(ran).toMatchObject({
      exitCode: 1,
      stdout: expect.stringContaining('value "xls" was removed'),
    });
  });

  it('leaves nothing behind when it is interrupted', async () => {
    const loads = {
      'workers/fleet.ts':
        'process.send("here"); await new Promise(() => setInterval(() => {}, 1e6));',
    };
    repository.write({ ...exportFiles(['xls']), ...loads });
    repository.commit('v1');
    const child = spawn(process.execPath, [bin, 'contracts', 'diff', 'v1'], {
      cwd: repository.folder,
    });
    await vi.waitUntil(() => treeIn(temporary), { timeout: 20_000 });
    child.kill('SIGINT');
    expect(await once(child, 'exit')).toEqual([130, null]);
  });
});

/** Whether a tree has been checked out, and its fleet is being loaded. */
function treeIn(folder: string): boolean {
  return readdirSync(folder).some((name) => existsSync(join(folder, name, 'tree', 'node_modules')));
}

describe('taskfleet contracts diff refuses', () => {
  async function refusal(...args: readonly string[]): Promise<string> {
    const { exitCode, stdout, stderr } = await diff(...args);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toMatch(/^error: [^\n]+\n$/);
    return stderr;
  }

  it('a version that is not there', async () => {
    repository.write(exportFiles(['xls']));
    repository.commit('v1');
    const expected = 'expected a branch, tag or commit of this repository';
    expect(await refusal('v2')).toContain(`${expected}, got "v2"`);
    expect(await refusal('--', '--help')).toContain(`${expected}, got "--help"`);
    expect(await refusal()).toContain("missing required argument 'git-ref'");
  });

  it('a folder that is in no repository, or has no fleet', async () => {
    const folder = mkdtempSync(join(temporary, 'none-'));
    const outside = await diffIn(folder, 'v1');
    expect(outside).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('could not find a git repository'),
    });
    rmSync(folder, { recursive: true });
    rmSync(join(repository.folder, 'workers'), { recursive: true });
    expect(await refusal('v1')).toMatch(/expected workers.fleet\.ts in .* or above it/);
  });

  it('a version without a fleet', async () => {
    repository.write(exportFiles(['xls']));
    repository.git('rm', '--quiet', '-r', '--cached', '--ignore-unmatch', '.');
    repository.git('commit', '--quiet', '--allow-empty', '--message', 'none');
    repository.git('tag', 'v0');
    expect(await refusal('v0')).toContain('there is no workers/fleet.ts in v0');
  });

  it.each([
    [
      'that is no TypeScript',
      'export const fleet = (;',
      /the fleet of v1 cannot be loaded: \.\/workers\/fleet\.ts:1: .*Expression expected/,
    ],
    [
      'that throws',
      'throw new Error("no such luck");',
      /the fleet of v1 cannot be loaded: no such luck/,
    ],
    [
      'that imports what is not there',
      'import "./gone.ts";',
      /the fleet of v1 cannot be loaded: Cannot find module '\.\/workers\/gone\.ts'/,
    ],
    [
      'that exports none',
      'export const fleets = [];',
      /expected it to export fleet, made by defineFleet\(\)/,
    ],
    ['that ends its process', 'process.exit(3);', /its process ended with 3 before it was loaded/],
  ])('a fleet %s', async (_name, text, reason) => {
    repository.write({ ...exportFiles(['xls']), 'workers/fleet.ts': text });
    repository.commit('v1');
    expect(await refusal('v1')).toMatch(reason);
  });
});
