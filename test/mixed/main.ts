/**
 * `npm run test:mixed`: whether two versions get on with each other while a deployment rolls: a worker of the version before with a
 * platform of this one, and the other way round, with schedulers and readers of both. Skipped, with exit code 0, where the clone has not
 * the version before.
 */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RepositoryError } from '../../platform/errors.ts';
import { withTree } from '../../platform/contracts/repository/checkOut.ts';
import {
  openRepository,
  type Repository,
} from '../../platform/contracts/repository/openRepository.ts';
import { mixVersions } from './mixVersions.ts';
import type { Version } from './openMix.ts';
import { PREVIOUS } from './previous.ts';

const root = join(import.meta.dirname, '..', '..');
const programs = join('test', 'mixed', 'programs');

if (process.argv.length > 2) {
  process.stderr.write(`expected no arguments, got "${process.argv.slice(2).join(' ')}"\n`);
  process.exit(2);
}
const stopping = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => stopping.abort());
}
const { signal } = stopping;
try {
  process.exitCode = await mix();
} catch (error) {
  if (!signal.aborted) throw error;
  process.exitCode = 130;
}

async function mix(): Promise<number> {
  const repository = await findPrevious();
  if (typeof repository === 'string') {
    process.stdout.write(`skipped: ${repository}\n`);
    return 0;
  }
  return withTree(repository, PREVIOUS, async ({ folder }) => mixWith(folder));
}

/** The repository that has the version before, or why there is none: a download of the files alone, or a shallow clone. */
async function findPrevious(): Promise<Repository | string> {
  try {
    const repository = await openRepository({ cwd: root, environment: process.env, signal });
    await repository.git(['cat-file', '-e', `${PREVIOUS}^{commit}`], 'find the version before');
    return repository;
  } catch (error) {
    if (!(error instanceof RepositoryError)) throw error;
    return `${error.message}; git fetch --unshallow may bring it`;
  }
}

async function mixWith(previous: string): Promise<number> {
  cpSync(join(root, programs), join(previous, programs), { recursive: true });
  const versions = { present: root, previous };
  const codes = [
    await tryMix({ versions, worker: 'previous', platform: 'present' }),
    await tryMix({ versions, worker: 'present', platform: 'previous' }),
  ];
  return Math.max(...codes);
}

interface Mixed {
  readonly versions: { readonly present: string; readonly previous: string };
  readonly worker: Version;
  readonly platform: Version;
}

/** What the processes have printed is kept where something was not as it should be. */
async function tryMix(mixed: Mixed): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'taskfleet-mixed-'));
  const startedAt = performance.now();
  const problems = await mixVersions({ ...mixed, folder, signal }).catch((error: unknown) => {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  });
  const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1);
  const what = `${mixed.worker} worker, ${mixed.platform} platform (${seconds} s)`;
  if (problems.length === 0) {
    rmSync(folder, { recursive: true });
    process.stdout.write(`ok      ${what}\n`);
    return 0;
  }
  process.stdout.write(`FAILED  ${what}; see ${folder}\n`);
  for (const problem of problems) process.stdout.write(`  ${problem}\n`);
  return 1;
}
