import { DeadRequestError } from '../../errors.ts';
import type { CliDeps } from '../deps.ts';
import { EXIT, type ExitCode } from '../exitCode.ts';
import { writeJson, writeLine } from '../render/write.ts';
import { type WhichArgs, whichLetters } from './whichLetters.ts';

export interface PurgeDeadArgs extends WhichArgs {
  readonly yes?: boolean;
  readonly json?: boolean;
}

/** Deletes letters for good. Throws DeadRequestError for all of a worker without `yes`. */
export async function purgeDead(
  deps: CliDeps,
  { yes, json, ...args }: PurgeDeadArgs,
): Promise<ExitCode> {
  const which = whichLetters(args);
  if ('service' in which && !yes) {
    throw new DeadRequestError(
      `purging all dead letters of "${which.service}" cannot be undone; say --yes if you mean it`,
    );
  }
  const { deadLetters } = await deps.openFleet();
  if ('id' in which) await deadLetters.purge(which.id);
  const purged = 'id' in which ? [which.id] : await deadLetters.purgeAll(which.service);
  if (json) writeJson(deps.stdout, { purged });
  else writeLine(deps.stdout, told(purged));
  return EXIT.ok;
}

function told(purged: readonly string[]): string {
  const lines = purged.map((id) => `${id} is purged`);
  return lines.length === 0 ? 'no dead letters' : lines.join('\n');
}
