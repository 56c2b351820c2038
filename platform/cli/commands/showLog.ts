import type { CliDeps } from '../deps.ts';
import { EXIT, type ExitCode } from '../exitCode.ts';
import { renderLog } from '../render/renderLog.ts';
import { writeJson, writeLine } from '../render/write.ts';

export interface LogArgs {
  readonly id: string;
  readonly json?: boolean;
}

/** What is kept of a task's log; a task that has said nothing, or too little for too short, is no error. */
export async function showLog(
  { openFleet, stdout }: CliDeps,
  { id, json }: LogArgs,
): Promise<ExitCode> {
  const { reader } = await openFleet();
  const record = await reader.get(id);
  const log = await reader.log({ id });
  if (json) writeJson(stdout, { ...log, attempt: log.attempt ?? null });
  else writeLine(stdout, renderLog(stdout, record, log));
  return EXIT.ok;
}
