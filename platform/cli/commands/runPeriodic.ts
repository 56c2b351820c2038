import type { CliDeps } from '../deps.ts';
import { EXIT, type ExitCode } from '../exitCode.ts';
import { writeJson, writeLine } from '../render/write.ts';

export interface RunPeriodicArgs {
  readonly name: string;
  readonly json?: boolean;
}

export async function runPeriodic(
  deps: CliDeps,
  { name, json }: RunPeriodicArgs,
): Promise<ExitCode> {
  const { periodicOf } = await deps.openFleet();
  const id = await periodicOf(deps.fleet).run(name);
  if (json) writeJson(deps.stdout, { id, periodic: name });
  else writeLine(deps.stdout, id);
  return EXIT.ok;
}
