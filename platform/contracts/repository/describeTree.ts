import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { FleetNotLoadedError, RepositoryError } from '../../errors.ts';
import { type FleetDescription, fleetDescription } from '../diff/index.ts';
import { FLEET_FILE } from './openRepository.ts';
import { runTool, type ToolEnd, type ToolOptions } from './runTool.ts';

const program = join(import.meta.dirname, '..', 'describe', 'main.ts');

/** What the program says over its channel. */
const said = z.union([
  z.object({ description: fleetDescription }),
  z.object({ error: z.string() }),
]);

/**
 * The contracts of the fleet in a folder; `version` names it for people. Loaded by a process of its own. Throws RepositoryError where there
 * is none, and FleetNotLoadedError with the reason.
 */
export async function describeTree(
  version: string,
  options: ToolOptions,
): Promise<FleetDescription> {
  const file = join(options.cwd, FLEET_FILE);
  if (!existsSync(file)) throw new RepositoryError(`there is no ${FLEET_FILE} in ${version}`);
  const end = await runTool(process.execPath, [program, file], options);
  const answer = said.safeParse(end.sent).data;
  if (answer && 'description' in answer) return answer.description;
  const reason = answer?.error ?? lastWords(end);
  throw new FleetNotLoadedError(version, reason.replaceAll(options.cwd, '.'));
}

function lastWords({ code, stderr }: ToolEnd): string {
  const words = stderr.split('\n').find((line) => /^\S*Error\b/.test(line));
  return words ?? `its process ended with ${code ?? 'a signal'} before it was loaded`;
}
