import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { killAtExit } from '../chaos/processes/killAtExit.ts';
import { within } from '../chaos/processes/within.ts';
import type { Backend } from './backends.ts';

const root = join(import.meta.dirname, '..', '..');
const RUN_WITHIN_MS = 300_000;

/** Runs a backend's suites against it. Resolves to whether all tests passed. */
export async function runSuites({ name, suites }: Backend, endpoint: string): Promise<boolean> {
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
  const args = ['run', '--config=test/vitest.config.ts', ...suites];
  const child = spawn(process.execPath, [vitest, ...args], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, TASKFLEET_BACKEND: name, TASKFLEET_BACKEND_ENDPOINT: endpoint },
  });
  using _guard = killAtExit(child);
  const exited = once(child, 'exit');
  try {
    const [code] = await within(RUN_WITHIN_MS, exited, `the suites on ${name} did not end`);
    return code === 0;
  } catch (error) {
    child.kill('SIGKILL');
    throw error;
  }
}
