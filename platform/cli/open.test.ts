import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineFleet } from '@taskfleet/toolbox/contract';
import type { Environment } from '@taskfleet/toolbox/config';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { NoFleetError } from '../errors.ts';
import { findAddress } from './findAddress.ts';
import { commandLine } from './testing/runInProcess.ts';

const folder = mkdtempSync(join(tmpdir(), 'taskfleet-open-'));
afterAll(() => rmSync(folder, { recursive: true }));

const ID = `echo_${'0'.repeat(32)}`;

/** The command line in a folder of its own, where a fleet may run, before a browser that may be there. */
function seatedIn(environment: Environment, { api = '', browser = true } = {}) {
  const cwd = mkdtempSync(join(folder, 'here-'));
  mkdirSync(join(cwd, '.taskfleet'));
  const note = { v: 1, pid: 1, environment: {}, ...(api && { api }) };
  writeFileSync(join(cwd, '.taskfleet', 'local.json'), JSON.stringify(note));
  const places = { environment, cwd, isAlive: () => true };
  const openBrowser = vi.fn<(page: URL) => Promise<boolean>>(async () => browser);
  const run = commandLine({
    fleet: defineFleet([]),
    openFleet: async () => Promise.reject(new NoFleetError()),
    findAddress: async (where = {}) => findAddress(where, places),
    openBrowser,
  });
  return { run, opened: () => openBrowser.mock.calls.map(([page]) => page.href) };
}

const api = 'http://127.0.0.1:8484';

describe('taskfleet open', () => {
  it('opens the dashboard of the fleet on this machine, and prints its address', async () => {
    const { run, opened } = seatedIn({}, { api });
    expect(await run('open')).toEqual({ exitCode: 0, stdout: `${api}/\n`, stderr: '' });
    expect(opened()).toEqual([`${api}/`]);
  });

  it("opens a task's page at the address that is given", async () => {
    const { run, opened } = seatedIn({ TASKFLEET_URL: 'https://dev.example.com' }, { api });
    await run('open', ID);
    await run('open', ID, '--url', 'https://prod.example.com/fleet/');
    expect(opened()).toEqual([
      `https://dev.example.com/tasks/${ID}`,
      `https://prod.example.com/fleet/tasks/${ID}`,
    ]);
  });

  it('prints only, when told to', async () => {
    const { run, opened } = seatedIn({}, { api });
    expect(await run('open', '--print')).toEqual({ exitCode: 0, stdout: `${api}/\n`, stderr: '' });
    expect(opened()).toEqual([]);
  });

  it('prints the address where there is no browser', async () => {
    const { run } = seatedIn({}, { api, browser: false });
    const stderr = 'There is no browser here to open it in.\n';
    expect(await run('open')).toEqual({ exitCode: 0, stdout: `${api}/\n`, stderr });
    expect(JSON.parse((await run('open', '--json')).stdout)).toEqual({
      address: `${api}/`,
      opened: false,
    });
  });

  it.each([
    { what: 'what is no id', words: ['../keys'], message: 'no task has the id' },
    {
      what: 'what is no page',
      environment: { TASKFLEET_URL: 'file:///etc/passwd' },
      message: 'TASKFLEET_URL: expected',
    },
    { what: 'a stage on AWS', environment: { TASKFLEET_STAGE: 'prod' }, message: 'give --url' },
    { what: 'a fleet without pages', api: '', message: 'has no pages' },
  ])('refuses $what in one line', async ({ environment = {}, words = [], message, ...rest }) => {
    const { run, opened } = seatedIn(environment, { api, ...rest });
    const { exitCode, stdout, stderr } = await run('open', ...words);
    expect([exitCode, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^error: [^\n]+\n$/);
    expect(stderr).toContain(message);
    expect(opened()).toEqual([]);
  });
});
