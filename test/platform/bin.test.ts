import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openWays } from './startCliUnderTest.ts';
import { type PlatformUnderTest, startPlatformUnderTest } from './startPlatformUnderTest.ts';

const bin = join(import.meta.dirname, '..', '..', 'platform', 'cli', 'taskfleet.mjs');
const folder = mkdtempSync(join(tmpdir(), 'taskfleet-bin-'));

let platform: PlatformUnderTest;
beforeAll(async () => {
  platform = await startPlatformUnderTest();
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await platform.stop();
});

/** Runs the command as a person does, in a folder, with nothing of the fleet in its environment. */
const taskfleet = async (...args: string[]) => taskfleetIn({}, ...args);

/** The same with something in it. */
async function taskfleetIn(environment: Readonly<Record<string, string>>, ...args: string[]) {
  const options = { cwd: folder, env: { PATH: process.env['PATH'], ...environment } };
  return new Promise<{ exitCode: unknown; stdout: string; stderr: string }>((resolve) => {
    execFile(process.execPath, [bin, ...args], options, (error, stdout, stderr) => {
      resolve({ exitCode: error?.code ?? 0, stdout, stderr });
    });
  });
}

it('is told where no fleet runs', async () => {
  expect(await taskfleet('list')).toEqual({
    exitCode: 2,
    stdout: '',
    stderr:
      'error: no fleet found: run npm start in another terminal, give --url, or set TASKFLEET_STAGE and the rest (see README)\n',
  });
});

it('finds the fleet that runs in the folder', async () => {
  mkdirSync(join(folder, '.taskfleet'));
  const note = { v: 1, pid: process.pid, environment: platform.environment };
  writeFileSync(join(folder, '.taskfleet', 'local.json'), JSON.stringify(note));
  const list = { exitCode: 0, stdout: '{"tasks":[],"cursor":null}\n', stderr: '' };
  expect(await taskfleet('list', '--json')).toEqual(list);
  expect(await taskfleet('put', bin)).toMatchObject({ exitCode: 0, stderr: '' });
  const table = { value: platform.environment.TASKFLEET_TABLE, origin: 'local fleet' };
  const { stdout, ...printed } = await taskfleet('config', 'print', '--json');
  expect(printed).toEqual({ exitCode: 0, stderr: '' });
  expect(JSON.parse(stdout).settings).toContainEqual(expect.objectContaining(table));
});

it('asks the platform at the address of its environment, in a process of its own', async () => {
  const ways = openWays();
  const TASKFLEET_URL = await ways.addressOf(platform.environment);
  const asked = async (...args: string[]) => taskfleetIn({ TASKFLEET_URL }, ...args);
  const list = { exitCode: 0, stdout: '{"tasks":[],"cursor":null}\n', stderr: '' };
  expect(await asked('list', '--json')).toEqual(list);
  expect(await asked('open', '--print')).toMatchObject({ stdout: `${TASKFLEET_URL}/\n` });
  const top = { exitCode: 0, stderr: '' };
  expect(await asked('top')).toMatchObject(top);
  await ways.stop();
});
