import type { CliDeps } from '../deps.ts';
import { EXIT, type ExitCode } from '../exitCode.ts';
import { writeJson, writeLine } from '../render/write.ts';

export interface CancelArgs {
  readonly id: string;
  readonly by: string;
  readonly json?: boolean;
}

const TOLD = {
  cancelled: 'is cancelled: it will not run',
  asked: 'runs, and is asked to stop: its signal aborts within a third of its lease',
} as const;

/** Ends a task that has not begun, and asks one that runs to stop. Throws TaskEndedError. */
export async function cancelTask(deps: CliDeps, { id, by, json }: CancelArgs): Promise<ExitCode> {
  const { cancel } = await deps.openFleet();
  const became = await cancel(deps.fleet, id, by);
  if (json) writeJson(deps.stdout, { id, became });
  else writeLine(deps.stdout, `${id} ${TOLD[became]}`);
  return EXIT.ok;
}
