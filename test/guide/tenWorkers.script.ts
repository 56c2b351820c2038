import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { type Copy, copyRepository } from './copyRepository.ts';
import { newWorkers } from './newNames.ts';
import { treeOf } from './treeOf.ts';

/** Another seed each day would find more, and one that is known finds it again. */
const SEED = 20261121;

const workers = fc.sample(newWorkers, { seed: SEED, numRuns: 10 });

let copy: Copy;
let before: ReadonlyMap<string, string>;
beforeAll(() => {
  copy = copyRepository();
  before = treeOf(copy.root);
});
afterAll(() => copy.remove());

async function synthesize({ root, run }: Copy): Promise<string> {
  const out = `${root}.out`;
  onTestFinished(() => rmSync(out, { recursive: true }));
  return run(tool('aws-cdk', 'bin/cdk'), 'synth', '--output', out, '-c', 'stage=dev');
}

const tool = (name: string, file: string) => join('node_modules', name, file);

describe('ten workers with random names', () => {
  it('are made one after the other, and keep to the rules of the house', async () => {
    for (const { name, task, traits } of workers) {
      const options = ['--task', task, '--compute', traits.compute, '--pool', traits.pool];
      const made = copy.taskfleet('new', 'worker', name, ...options);
      expect({ name, exitCode: await made.ended, said: made.stderr() }).toMatchObject({
        exitCode: 0,
        said: '',
      });
    }
    await copy.run(tool('oxfmt', 'bin/oxfmt'), '--check', '.');
    await copy.run(tool('oxlint', 'bin/oxlint'), '--type-aware', '--deny-warnings', 'workers');
    await copy.run(tool('typescript', 'bin/tsc'), '--incremental', 'false', '-p', '.');
  }, 240_000);

  it('have another task each', async () => {
    for (const { name } of workers) {
      const made = copy.taskfleet('new', 'task', `${name}.another-one`);
      expect({ name, exitCode: await made.ended, said: made.stderr() }).toMatchObject({
        exitCode: 0,
        said: '',
      });
    }
    await copy.run(tool('oxfmt', 'bin/oxfmt'), '--check', 'workers');
    await copy.run(tool('typescript', 'bin/tsc'), '--incremental', 'false', '-p', '.');
  }, 240_000);

  it('have their queues in the template, and npm has nothing to add to the lockfile', async () => {
    const template = await synthesize(copy);
    for (const { name } of workers) expect(template).toContain(`-dev-${name}.fifo`);
    const locked = readFileSync(join(copy.root, 'package-lock.json'), 'utf8');
    const args = ['install', '--package-lock-only', '--offline', '--no-audit', '--no-fund'];
    execFileSync('npm', args, { cwd: copy.root, stdio: 'pipe' });
    expect(readFileSync(join(copy.root, 'package-lock.json'), 'utf8')).toBe(locked);
  }, 120_000);

  it('pass the conformance suite', async () => {
    const files = workers.map(({ name }) => `workers/${name}/conformance.test.ts`);
    const options = ['run', '--config=test/vitest.config.ts', ...files];
    const said = await copy.run(tool('vitest', 'vitest.mjs'), ...options);
    expect(said).toContain(`Test Files  ${workers.length} passed`);
  }, 600_000);

  it('go again and leave everything as it was before', async () => {
    for (const { name } of workers) {
      const removed = copy.taskfleet('remove', 'worker', name, '--force');
      expect({ name, exitCode: await removed.ended, said: removed.stderr() }).toMatchObject({
        exitCode: 0,
        said: '',
      });
      expect(existsSync(join(copy.root, 'workers', name))).toBe(false);
    }
    expect(treeOf(copy.root)).toEqual(before);
  }, 120_000);
});
