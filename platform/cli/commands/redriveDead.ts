import { type Duration, toMilliseconds } from '@taskfleet/toolbox/contract';
import { NotRedrivenError } from '../../errors.ts';
import type { CliDeps } from '../deps.ts';
import { EXIT, type ExitCode } from '../exitCode.ts';
import { writeJson, writeLine } from '../render/write.ts';
import { type WhichArgs, whichLetters } from './whichLetters.ts';

export interface RedriveDeadArgs extends WhichArgs {
  readonly timeout: Duration;
  readonly json?: boolean;
}

/** Puts letters back in their queue. Throws NotRedrivenError when the platform has not done it in time. */
export async function redriveDead(
  deps: CliDeps,
  { timeout, json, ...args }: RedriveDeadArgs,
): Promise<ExitCode> {
  const which = whichLetters(args);
  const timeoutMs = toMilliseconds(timeout);
  const { deadLetters } = await deps.openFleet();
  const { redriven, pending } =
    'id' in which
      ? await deadLetters.redrive(which.id, { timeoutMs })
      : await deadLetters.redriveAll(which.service, { timeoutMs });
  if (json) writeJson(deps.stdout, { redriven, pending });
  if (pending.length > 0) {
    throw new NotRedrivenError(redriven.length, redriven.length + pending.length);
  }
  if (!json) writeLine(deps.stdout, told(redriven));
  return EXIT.ok;
}

function told(redriven: readonly string[]): string {
  const lines = redriven.map((id) => `${id} is back in its queue`);
  return lines.length === 0 ? 'no dead letters' : lines.join('\n');
}
