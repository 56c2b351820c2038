import { isTerminal } from '@taskfleet/toolbox/contract';
import { NotEndedError } from '../../errors.ts';
import type { CliDeps } from '../deps.ts';
import { EXIT, type ExitCode } from '../exitCode.ts';
import { writeJson, writeValue } from '../render/write.ts';
import { failureOf } from '../taskFailure.ts';

export interface ResultArgs {
  readonly id: string;
  readonly json?: boolean;
}

/** Prints what the task returned. Does not wait: throws NotEndedError, and TaskFailedError when there is no output. */
export async function showResult(deps: CliDeps, { id, json }: ResultArgs): Promise<ExitCode> {
  const { reader } = await deps.openFleet();
  const record = await reader.get(id);
  const failure = failureOf(record);
  if (failure) throw failure;
  if (!isTerminal(record.state)) throw new NotEndedError(record.id, record.state);
  if (json) writeJson(deps.stdout, record.output);
  else writeValue(deps.stdout, record.output);
  return EXIT.ok;
}
