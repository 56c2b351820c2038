import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

let dataDir: string;
const processes = new Set<ChildProcess>();
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'taskfleet-'));
});
afterEach(async () => {
  for (const child of processes) {
    const exit = once(child, 'exit');
    child.kill('SIGKILL');
    await exit;
  }
  rmSync(dataDir, { recursive: true });
});

function launch(...args: string[]): ChildProcess {
  const child = fork(join(import.meta.dirname, 'main.ts'), args, { silent: true });
  processes.add(child);
  child.once('exit', () => processes.delete(child));
  return child;
}

/** The exit code and what was written to the standard error. */
async function ended(child: ChildProcess) {
  const written = child.stderr?.toArray() ?? [];
  const [code] = await once(child, 'exit');
  return { code, error: Buffer.concat(await written).toString() };
}

describe.each(['queues', 'table'])('the process of %s', (emulator) => {
  it('says its address and ends well on SIGTERM', async () => {
    const child = launch(emulator);
    const [message] = await once(child, 'message');
    const endpoint = expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(message).toEqual({ event: 'emulator.started', endpoint });
    child.kill('SIGTERM');
    expect(await ended(child)).toEqual({ code: 0, error: '' });
  });

  it('ends when its parent is gone', async () => {
    const child = launch(emulator);
    await once(child, 'message');
    child.disconnect();
    expect(await ended(child)).toEqual({ code: 0, error: '' });
  });

  it('refuses a data folder that another one uses, in one line', async () => {
    await once(launch(emulator, '--data', dataDir), 'message');
    expect(await ended(launch(emulator, '--data', dataDir))).toEqual({
      code: 1,
      error: `${join(dataDir, emulator)} is in use by another process; stop that one, or choose another folder\n`,
    });
  });

  it('refuses a port that is taken, in one line', async () => {
    const [{ endpoint }] = await once(launch(emulator), 'message');
    const { port } = new URL(endpoint);
    expect(await ended(launch(emulator, '--port', port))).toEqual({
      code: 1,
      error: `listen EADDRINUSE: address already in use 127.0.0.1:${port}\n`,
    });
  });
});

describe('an emulator process', () => {
  it.each([
    { args: [], error: 'emulator: expected queues or table, got nothing' },
    { args: ['mail'], error: 'emulator: expected queues or table, got mail' },
    { args: ['queues', '--port', 'x'], error: '--port: expected 0 to 65535, got x' },
    { args: ['table', '--port', '65536'], error: '--port: expected 0 to 65535, got 65536' },
  ])('refuses the arguments $args', async ({ args, error }) => {
    const expected = { code: 1, error: `configuration: ${error}\n` };
    expect(await ended(launch(...args))).toEqual(expected);
  });
});
