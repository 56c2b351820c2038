import { type Duration, ValidationError } from '@taskfleet/toolbox/contract';
import type { CliDeps } from '../deps.ts';
import { EXIT, type ExitCode } from '../exitCode.ts';
import { momentOption } from '../momentOption.ts';
import { writeJson, writeLine } from '../render/write.ts';

export interface RescheduleArgs {
  readonly id: string;
  readonly delay?: Duration;
  readonly eta?: string;
  readonly json?: boolean;
}

/** Throws TaskNotWaitingError for a task that is out already. */
export async function rescheduleTask(
  deps: CliDeps,
  { id, delay, eta, json }: RescheduleArgs,
): Promise<ExitCode> {
  if (delay === undefined && eta === undefined) {
    const message = 'expected --delay or --eta';
    throw new ValidationError('options', [{ field: 'delay', message }]);
  }
  const when = {
    ...(delay !== undefined && { delay }),
    ...(eta !== undefined && { eta: momentOption('eta', eta) }),
  };
  const { reschedule } = await deps.openFleet();
  const dueAt = new Date(await reschedule(id, when)).toISOString();
  if (json) writeJson(deps.stdout, { id, dueAt });
  else writeLine(deps.stdout, `${id} waits until ${dueAt}`);
  return EXIT.ok;
}
