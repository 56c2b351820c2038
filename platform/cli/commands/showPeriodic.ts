import type { CliDeps } from '../deps.ts';
import { EXIT, type ExitCode } from '../exitCode.ts';
import { renderPeriodic } from '../render/renderPeriodic.ts';
import { writeJson, writeLine } from '../render/write.ts';

export interface ShowPeriodicArgs {
  readonly name: string;
  readonly json?: boolean;
}

export async function showPeriodic(
  deps: CliDeps,
  { name, json }: ShowPeriodicArgs,
): Promise<ExitCode> {
  const { periodicOf } = await deps.openFleet();
  const view = await periodicOf(deps.fleet).get(name);
  if (json) writeJson(deps.stdout, view);
  else writeLine(deps.stdout, renderPeriodic(deps.stdout, view, deps.clock.now()));
  return EXIT.ok;
}
