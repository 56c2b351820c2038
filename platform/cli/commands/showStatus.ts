import type { CliDeps } from '../deps.ts';
import { EXIT, type ExitCode } from '../exitCode.ts';
import { renderRecord } from '../render/renderRecord.ts';
import { writeJson, writeLine } from '../render/write.ts';
import { failureOf } from '../taskFailure.ts';

export interface StatusArgs {
  readonly id: string;
  readonly json?: boolean;
}

/** Says all that is known of a task. A task that failed is no error of this command, but it is told by the exit code. */
export async function showStatus(deps: CliDeps, { id, json }: StatusArgs): Promise<ExitCode> {
  const { reader } = await deps.openFleet();
  const record = await reader.get(id);
  if (json) writeJson(deps.stdout, record);
  else writeLine(deps.stdout, renderRecord(deps.stdout, record, deps.clock.now()));
  return failureOf(record) ? EXIT.taskFailed : EXIT.ok;
}
