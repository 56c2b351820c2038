import { isFlowId, isTaskId } from '@taskfleet/toolbox/contract';
import type { CliDeps } from '../deps.ts';
import { EXIT, type ExitCode } from '../exitCode.ts';
import type { FleetAccess } from '../../access/index.ts';
import { writeJson, writeLine } from '../render/write.ts';

export interface CancelArgs {
  readonly id: string;
  readonly by: string;
  readonly family?: boolean;
  readonly json?: boolean;
}

const TOLD = {
  cancelled: 'is cancelled: it will not run',
  asked: 'runs, and is asked to stop: its signal aborts within a third of its lease',
} as const;

/**
 * Ends a task that has not begun, and asks one that runs to stop; with `family`, all of its family. A flow is cancelled with what it led
 * to. Throws TaskEndedError.
 */
export async function cancelTask(deps: CliDeps, args: CancelArgs): Promise<ExitCode> {
  const { id } = args;
  const access = await deps.openFleet();
  if (args.family) return tellAll(deps, args, await access.cancelFamily(deps.fleet, id, args.by));
  if (isTaskId(id) && isFlowId(id)) {
    return tellAll(deps, args, await access.cancelFlow(deps.fleet, id, args.by));
  }
  return cancelOne(deps, access, args);
}

function tellAll(
  { stdout }: CliDeps,
  { id, json }: CancelArgs,
  cancelled: readonly string[],
): ExitCode {
  if (json) writeJson(stdout, { id, cancelled });
  else writeLine(stdout, `${id}: ${cancelled.length} cancelled or asked to stop`);
  return EXIT.ok;
}

async function cancelOne(
  { fleet, stdout }: CliDeps,
  { cancel }: FleetAccess,
  { id, by, json }: CancelArgs,
): Promise<ExitCode> {
  const became = await cancel(fleet, id, by);
  if (json) writeJson(stdout, { id, became });
  else writeLine(stdout, `${id} ${TOLD[became]}`);
  return EXIT.ok;
}
