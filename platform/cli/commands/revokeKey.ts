import type { CliDeps } from '../deps.ts';
import { EXIT, type ExitCode } from '../exitCode.ts';
import { writeJson, writeLine } from '../render/write.ts';

export interface RevokeKeyArgs {
  readonly id: string;
  readonly json?: boolean;
}

/** Throws UnknownKeyError. */
export async function revokeKey(
  { openFleet, stdout }: CliDeps,
  { id, json }: RevokeKeyArgs,
): Promise<ExitCode> {
  const { keys } = await openFleet();
  await keys.revoke(id);
  if (json) writeJson(stdout, { id, revoked: true });
  else writeLine(stdout, `${id} is revoked; within five seconds nobody gets in with it`);
  return EXIT.ok;
}
