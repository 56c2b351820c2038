import { lastLine, runCommand } from '../deploy/programs/runCommand.ts';
import { ImageError } from './errors.ts';

/** Building an image asks a package registry. */
const WITHIN_MS = 180_000;

/** Runs a program of this machine, with this environment: a person's settings say how the registry is reached. */
export async function tryTool(program: string, args: readonly string[]) {
  const given = Object.entries(process.env).flatMap(([name, value]) =>
    value ? [[name, value]] : [],
  );
  const environment = Object.fromEntries(given);
  return runCommand({ program, arguments: args, environment, withinMs: WITHIN_MS });
}

/** What it printed. Throws ImageError when it failed. */
export async function runTool(program: string, args: readonly string[]): Promise<string> {
  const result = await tryTool(program, args);
  if (result.exitCode === 0) return result.stdout.trim();
  throw new ImageError(`${program} ${args.join(' ')} failed: ${lastLine(result)}`);
}
