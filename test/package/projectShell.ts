import { delimiter, join } from 'node:path';
import { lastLine, runCommand } from '../deploy/programs/runCommand.ts';
import { PackageError } from './errors.ts';

/** Runs npm, or Node, in the project's folder; returns what it printed. Throws PackageError when it fails. */
export interface ProjectShell {
  readonly npm: (...args: readonly string[]) => Promise<string>;
  readonly node: (...args: readonly string[]) => Promise<string>;
}

/** Nothing takes so long, on a busy machine either. */
const WITHIN_MS = 120_000;

export interface ProjectShellOptions {
  readonly folder: string;
  readonly npm: string;
  /** Beside the path of programs. */
  readonly environment?: Readonly<Record<string, string>>;
}

export function projectShell({ folder, npm, environment }: ProjectShellOptions): ProjectShell {
  const node = async (...args: readonly string[]) => {
    const result = await runCommand({
      program: process.execPath,
      arguments: args,
      // The Node that runs this is the first one that scripts find.
      environment: {
        PATH: `${join(process.execPath, '..')}${delimiter}${process.env['PATH']}`,
        ...environment,
      },
      cwd: folder,
      withinMs: WITHIN_MS,
    });
    if (result.exitCode === 0) return result.stdout;
    const said = `${result.stdout}${result.stderr}`.trim() || lastLine(result);
    throw new PackageError(`${args.join(' ')} failed in the project:\n${said}`);
  };
  return { node, npm: async (...args) => node(npm, ...args) };
}
