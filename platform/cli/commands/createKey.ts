import { type Duration, toMilliseconds } from '@taskfleet/toolbox/contract';
import type { Role } from '../../identity/index.ts';
import type { CliDeps } from '../deps.ts';
import { EXIT, type ExitCode } from '../exitCode.ts';
import { paint } from '../render/paint.ts';
import { writeJson, writeLine } from '../render/write.ts';

export interface CreateKeyArgs {
  readonly name: string;
  readonly role: readonly Role[];
  readonly expires?: Duration;
  readonly by: string;
  readonly json?: boolean;
}

/** The key alone goes to standard output, for `> file` and pipes. */
export async function createKey(
  { openFleet, stdout, stderr }: CliDeps,
  { name, role: roles, expires, by, json }: CreateKeyArgs,
): Promise<ExitCode> {
  const expiresInMs = expires === undefined ? undefined : toMilliseconds(expires);
  const { keys } = await openFleet();
  const made = await keys.create({ name, roles, expiresInMs }, by);
  if (json) writeJson(stdout, made);
  else {
    writeLine(stdout, made.key);
    writeLine(stderr, paint(stderr, 'dim', `Key ${made.id} of ${name}; it is shown this once.`));
  }
  return EXIT.ok;
}
