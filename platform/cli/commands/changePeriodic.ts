import type { PeriodicTasks, PeriodicView } from '../../periodic/index.ts';
import type { CliDeps } from '../deps.ts';
import { EXIT, type ExitCode } from '../exitCode.ts';
import { renderPeriodic } from '../render/renderPeriodic.ts';
import { writeJson, writeLine } from '../render/write.ts';

export interface ChangePeriodicArgs {
  readonly name: string;
  readonly json?: boolean;
}

/** Pauses or resumes, and prints what it is then. */
export async function changePeriodic(
  deps: CliDeps,
  { json }: ChangePeriodicArgs,
  change: (tasks: Pick<PeriodicTasks, 'pause' | 'resume'>) => Promise<PeriodicView>,
): Promise<ExitCode> {
  const { periodicOf } = await deps.openFleet();
  const changed = await change(periodicOf(deps.fleet));
  if (json) writeJson(deps.stdout, changed);
  else writeLine(deps.stdout, renderPeriodic(deps.stdout, changed, deps.clock.now()));
  return EXIT.ok;
}

export async function removePeriodic(
  deps: CliDeps,
  { name, json }: ChangePeriodicArgs,
): Promise<ExitCode> {
  const { periodicOf } = await deps.openFleet();
  await periodicOf(deps.fleet).remove(name);
  if (json) writeJson(deps.stdout, { name, removed: true });
  else writeLine(deps.stdout, `${name} fires no more`);
  return EXIT.ok;
}
