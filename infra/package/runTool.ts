import { spawnSync } from 'node:child_process';
import { PackError } from './errors.ts';

/** What the program printed. Throws PackError with all that it said when it fails. */
export function runTool(program: string, args: readonly string[], cwd: string): string {
  const { status, stdout, stderr, error } = spawnSync(program, args, { cwd, encoding: 'utf8' });
  if (status === 0) return stdout;
  const said = error?.message ?? `${stdout}${stderr}`.trim();
  throw new PackError(`${program} ${args.join(' ')} failed:\n${said}`);
}
