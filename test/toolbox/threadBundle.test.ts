import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serviceEnvironment } from '@taskfleet/infra/local';
import { LOCAL_STAGE } from '@taskfleet/toolbox/config';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { endpointVariables } from '../../infra/local/services.ts';
import { bundleService } from '../../infra/images/bundleService.ts';
import { compute, endless, stuck, which } from '../fixtures/forge/contract.ts';
import { FORGE_MAIN, ForgeBench } from '../fixtures/forge/forgeBench.ts';
import { type Program, runProgram } from '../fixtures/programOutput.ts';

let bench: ForgeBench;
const folder = mkdtempSync(join(tmpdir(), 'taskfleet-forge-'));
const programs: Program[] = [];
beforeAll(async () => {
  bench = await ForgeBench.open();
  bundleService({ entry: FORGE_MAIN.pathname, folder: join(folder, 'image') });
});
afterAll(async () => {
  for (const program of programs) program.process.kill('SIGKILL');
  await bench.close();
  rmSync(folder, { recursive: true });
});

/** The worker's process, from its bundle in a folder with nothing else. */
function startProgram(): Program {
  const { endpoints, outputs } = bench.stack;
  const environment = {
    ...serviceEnvironment({ stage: LOCAL_STAGE, outputs, service: 'forge' }),
    ...endpointVariables(endpoints),
    TASKFLEET_POLL_SECONDS: '1',
  };
  const program = runProgram(['main.js'], { cwd: join(folder, 'image'), environment });
  programs.push(program);
  return program;
}

describe('the bundle of a worker with threads', () => {
  it('runs and ends handlers in threads, and drains on SIGTERM', async () => {
    const program = startProgram();
    const first = await bench.scheduler.schedule(which, {});
    expect(await first.result({ timeout: '25s' })).toBeGreaterThan(0);
    const { id } = await bench.scheduler.schedule(endless, {});
    expect(await bench.untilState(id, 'failed')).toMatchObject({
      error: { name: 'TimeLimitError' },
    });
    const until = join(folder, 'enough');
    const last = await bench.scheduler.schedule(compute, { until });
    await bench.untilState(last.id, 'running');
    program.process.kill('SIGTERM');
    await program.printed('worker.stopping');
    writeFileSync(until, '');
    expect(await program.ended).toBe(0);
    expect(await bench.recordOf(last.id)).toMatchObject({ state: 'succeeded', attempt: 1 });
  });

  it('drains and ends by itself when a thread cannot be ended', async () => {
    const program = startProgram();
    const { id } = await bench.scheduler.schedule(stuck, {});
    expect({ how: await program.ended, stderr: program.stderr() }).toEqual({
      how: 'SIGKILL',
      stderr: '',
    });
    expect(await bench.recordOf(id)).toMatchObject({
      state: 'failed',
      error: { name: 'TimeLimitError' },
    });
    expect(program.stdout()).toMatch(/pool\.broken.*\n(.*\n)*.*worker\.stopped/);
  });
});
