import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findFleet } from './findFleet.ts';

const local = { TASKFLEET_STAGE: 'local', AWS_REGION: 'eu-central-1' };

let project: string;
let cwd: string;
beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), 'taskfleet-find-'));
  cwd = join(project, 'docs', 'deep');
  mkdirSync(cwd, { recursive: true });
  mkdirSync(join(project, '.taskfleet'));
});
afterEach(() => rmSync(project, { recursive: true }));

function writeFleet(content: unknown = { v: 1, pid: 4711, environment: local }): void {
  writeFileSync(join(project, '.taskfleet', 'local.json'), JSON.stringify(content));
}

describe('findFleet', () => {
  it('takes the environment that names a stage', async () => {
    writeFleet();
    const environment = { TASKFLEET_STAGE: 'prod' };
    expect(await findFleet({ environment, cwd, isAlive: () => true })).toBe(environment);
  });

  it('finds the fleet of a folder above', async () => {
    writeFleet();
    const seen: number[] = [];
    const isAlive = (pid: number) => seen.push(pid) > 0;
    expect(await findFleet({ environment: {}, cwd, isAlive })).toEqual(local);
    expect(seen).toEqual([4711]);
  });

  it('finds the fleet of the folder that TASKFLEET_HOME names', async () => {
    writeFleet();
    const environment = { TASKFLEET_HOME: join(project, '.taskfleet') };
    const places = { environment, cwd: tmpdir(), isAlive: () => true };
    expect(await findFleet(places)).toEqual(local);
  });

  it.each([
    ['is not there', undefined, true, 'no fleet found: run npm start in another terminal'],
    ['names a process that has ended', undefined, false, 'has stopped'],
    ['is of another version', { v: 2, pid: 1, environment: {} }, true, 'is not of a form'],
    ['is half written', '{', true, 'is not of a form'],
  ])('says so in one line when the file %s', async (name, content, alive, message) => {
    if (name !== 'is not there') writeFleet(content);
    const environment = { TASKFLEET_HOME: join(project, '.taskfleet') };
    const found = findFleet({ environment, cwd, isAlive: () => alive });
    await expect(found).rejects.toThrow(message);
    await expect(found).rejects.toThrow('or set TASKFLEET_STAGE and the rest (see README)');
  });
});
