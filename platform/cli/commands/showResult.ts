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

/**
 * Prints what the task returned. Does not wait: throws NotEndedError, TaskFailedError when there is no output, and
 * StoredValueError when a large one is gone.
 */
export async function showResult(deps: CliDeps, { id, json }: ResultArgs): Promise<ExitCode> {
  const { reader, outputOf } = await deps.openFleet();
  const record = await reader.get(id);
  const failure = failureOf(record);
  if (failure) throw failure;
  if (!isTerminal(record.state)) throw new NotEndedError(record.id, record.state);
  const output = await outputOf(record);
  if (json) writeJson(deps.stdout, output);
  else writeValue(deps.stdout, output);
  return EXIT.ok;
}
