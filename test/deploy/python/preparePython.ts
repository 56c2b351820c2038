import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Environment } from '@taskfleet/toolbox/config';
import { inheritedEnvironment } from '../../../infra/local/supervise/inheritedEnvironment.ts';
import { lastLine, runCommand } from '../programs/runCommand.ts';

/** What a registry behind a company's proxy takes. */
const REGISTRY_SETTINGS = /^(PIP_|SSL_CERT_|(HTTPS?|ALL|NO)_PROXY$|REQUESTS_CA_BUNDLE$)/i;
const WITHIN_MS = 240_000;

const requirements = join(import.meta.dirname, 'requirements.txt');
const isWindows = process.platform === 'win32';

export type PreparedPython =
  | {
      readonly outcome: 'ready';
      /** Runs programs with the emulator's packages. */
      readonly python: string;
    }
  | {
      readonly outcome: 'missing';
      /** What is missing, in one line. */
      readonly reason: string;
    };

export interface PreparePythonOptions {
  /** Keeps a virtual environment for each set of requirements. */
  readonly folder: string;
  readonly environment: Environment;
  /** Called when there is something to install, which takes a while. */
  readonly onInstall: () => void;
}

/** A Python with the emulator, in a virtual environment of our own. What the machine has is left as it is. */
export async function preparePython(options: PreparePythonOptions): Promise<PreparedPython> {
  const env = registryEnvironment(options.environment);
  const base = await findPython(env);
  if (base === undefined) {
    return { outcome: 'missing', reason: 'no Python 3.10 or newer with venv and pip' };
  }
  const folder = join(options.folder, `python-${hashOf(base.version)}`);
  const python = join(folder, isWindows ? 'Scripts' : 'bin', isWindows ? 'python.exe' : 'python');
  const complete = join(folder, 'complete');
  if (existsSync(complete)) return { outcome: 'ready', python };
  options.onInstall();
  mkdirSync(options.folder, { recursive: true });
  const quietly = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check'];
  const steps = [
    { program: base.program, arguments: ['-m', 'venv', '--clear', folder] },
    { program: python, arguments: [...quietly, '--retries=1', '-r', requirements] },
  ];
  for (const step of steps) {
    const result = await runCommand({ ...step, environment: env, withinMs: WITHIN_MS });
    if (result.exitCode === 0) continue;
    const reason = `the emulator could not be installed: ${lastLine(result)}`;
    return { outcome: 'missing', reason };
  }
  writeFileSync(complete, '');
  return { outcome: 'ready', python };
}

/** The first that is new enough and can make virtual environments: some systems leave `ensurepip` out. */
async function findPython(environment: Readonly<Record<string, string>>) {
  const code = 'import sys, venv, ensurepip; print(sys.executable, *sys.version_info[:3])';
  for (const program of ['python3', 'python']) {
    const { stdout } = await runCommand({
      program,
      arguments: ['-c', code],
      environment,
      withinMs: 10_000,
    });
    const version = stdout.trim();
    const [, minor = 0] = / 3 (\d+) \d+$/.exec(version) ?? [];
    if (Number(minor) >= 10) return { program, version };
  }
  return undefined;
}

/** Another interpreter or other packages are another environment. */
function hashOf(version: string): string {
  const hash = createHash('sha256').update(version).update(readFileSync(requirements));
  return hash.digest('hex').slice(0, 12);
}

function registryEnvironment(environment: Environment): Record<string, string> {
  const settings = Object.entries(environment).filter(([name]) => REGISTRY_SETTINGS.test(name));
  const given = settings.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]));
  return { ...inheritedEnvironment(environment), ...Object.fromEntries(given) };
}
