import { existsSync } from 'node:fs';
import { realpath } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { RepositoryError } from '../../errors.ts';
import { runTool, type ToolOptions } from './runTool.ts';

/** Where a fleet is declared, from the folder that its workers are in. */
export const FLEET_FILE = join('workers', 'fleet.ts');

/** A git repository with a fleet in it. */
export interface Repository {
  /** Absolute, without links. */
  readonly top: string;
  /** From `top`, the folder that has `workers/fleet.ts`; empty where it is `top` itself. */
  readonly prefix: string;
  /** Runs git in it, and gives what it prints. Throws RepositoryError with `what` it was to do. */
  readonly git: (args: readonly string[], what: string, index?: string) => Promise<string>;
}

/** The repository that a folder is in, and the nearest fleet upward. Throws RepositoryError. */
export async function openRepository(options: ToolOptions): Promise<Repository> {
  const { cwd, environment } = options;
  const top = await realpath(
    await git(options, ['rev-parse', '--show-toplevel'], `find a git repository in ${cwd}`),
  );
  const folder = upward(await realpath(cwd), top).find((some) =>
    existsSync(join(some, FLEET_FILE)),
  );
  if (folder === undefined) {
    throw new RepositoryError(
      `expected ${FLEET_FILE} in ${cwd} or above it, up to ${top}: run it where the fleet is`,
    );
  }
  return {
    top,
    prefix: relative(top, folder),
    git: async (args, what, index) => {
      const own = index === undefined ? environment : { ...environment, GIT_INDEX_FILE: index };
      return git({ ...options, cwd: top, environment: own }, args, what);
    },
  };
}

/** The folder and all that it is in, as far as `top`. */
export function upward(folder: string, top: string): string[] {
  const parent = dirname(folder);
  return [folder, ...(folder === top || parent === folder ? [] : upward(parent, top))];
}

async function git(options: ToolOptions, args: readonly string[], what: string): Promise<string> {
  const end = await runTool('git', args, options).catch((cause: unknown) => {
    options.signal.throwIfAborted();
    throw new RepositoryError(`could not ${what}: git cannot be run; install it`, { cause });
  });
  if (end.code === 0) return end.stdout.trimEnd();
  const reason = end.stderr.split('\n').find(Boolean) ?? 'git did not say why';
  throw new RepositoryError(`could not ${what}: ${reason.replace(/^(fatal|error): /, '')}`);
}
