import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

export interface Prober {
  readonly program: string;
  /** To start it in: it keeps there what it remembers. */
  readonly folder: string;
}

/** The prober, or why this machine cannot have it. */
export type Fetched =
  | ({ readonly ok: true } & Prober)
  | { readonly ok: false; readonly why: string };

const requirements = join(import.meta.dirname, 'requirements.txt');
const folder = join(import.meta.dirname, '..', '..', '.backends', 'prober');
const FETCH_WITHIN_MS = 300_000;

/** Installs Schemathesis into a folder of its own, unless it is there. */
export function fetchProber(): Fetched {
  const pinned = createHash('sha256').update(readFileSync(requirements)).digest('hex').slice(0, 12);
  const place = join(folder, pinned);
  const program = join(place, 'bin', 'schemathesis');
  // Made last: a half of it is never taken for all.
  const whole = join(place, 'whole');
  if (existsSync(whole)) return { ok: true, program, folder };
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const made = run('python3', ['-m', 'venv', place]);
  if (made.status !== 0) return { ok: false, why: 'python3 with its venv is not on this machine' };
  const quiet = ['--quiet', '--disable-pip-version-check', '--no-input'];
  const installed = run(join(place, 'bin', 'pip'), ['install', ...quiet, '-r', requirements]);
  if (installed.status === 0) {
    mkdirSync(whole);
    return { ok: true, program, folder };
  }
  return { ok: false, why: installed.stderr.trim().split('\n').at(-1) ?? 'pip said nothing' };
}

function run(program: string, args: readonly string[]) {
  const { status, stderr } = spawnSync(program, args, {
    encoding: 'utf8',
    timeout: FETCH_WITHIN_MS,
  });
  return { status, stderr: stderr ?? '' };
}
