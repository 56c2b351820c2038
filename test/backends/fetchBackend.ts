import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Backend } from './backends.ts';

/** Whether the archives are there, or why this machine cannot have them. */
export type Fetched =
  | { readonly ok: true; readonly archives: string }
  | { readonly ok: false; readonly why: string };

const COPY = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies';
const FETCH_WITHIN_MS = 300_000;

/** How Maven says that it could not reach a registry, as opposed to one that does not have what was asked for. */
const UNREACHABLE =
  /unknown host|name resolution|connection refused|connect timed out|connect to .* failed|unreachable|timed? ?out|no route to host/i;

/** What a Java program needs of this machine. A runtime without a compiler cannot start a source file. */
export function missingTool(): string | undefined {
  return [
    ['javac', '-version'],
    ['mvn', '--version'],
  ].find(([tool = '', ...args]) => spawnSync(tool, args, { timeout: 30_000 }).status !== 0)?.[0];
}

/** Copies a backend's archives into its folder, unless they are there. Throws when Maven fails for another reason than the network. */
export function fetchBackend({ folder, pom }: Backend): Fetched {
  const pinned = createHash('sha256').update(readFileSync(pom)).digest('hex').slice(0, 12);
  const archives = join(folder, pinned);
  if (existsSync(archives)) return { ok: true, archives };
  rmSync(folder, { recursive: true, force: true });
  // A half of the archives is never taken for all of them.
  const unfinished = `${archives}.unfinished`;
  mkdirSync(unfinished, { recursive: true });
  const { status, stdout, error } = spawnSync(
    'mvn',
    ['--batch-mode', '--strict-checksums', '--quiet', `--file=${pom}`, COPY].concat([
      '-DincludeScope=runtime',
      `-DoutputDirectory=${unfinished}`,
    ]),
    {
      cwd: dirname(pom),
      encoding: 'utf8',
      timeout: FETCH_WITHIN_MS,
    },
  );
  if (status === 0) {
    renameSync(unfinished, archives);
    return { ok: true, archives };
  }
  const said = firstError(stdout) ?? error?.message ?? 'mvn failed and said nothing';
  if (UNREACHABLE.test(`${stdout}${error?.message}`)) return { ok: false, why: said };
  throw new Error(said);
}

function firstError(stdout: string): string | undefined {
  return stdout
    .split('\n')
    .find((line) => line.includes('ERROR'))
    ?.replace(/^.*?ERROR\S*\s*/, '');
}
