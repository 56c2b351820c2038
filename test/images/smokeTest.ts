import { fleet } from '@taskfleet/fleet';
import { startStack } from '@taskfleet/infra/local';
import { serviceSpec } from '../../infra/local/services.ts';
import { within } from '../chaos/processes/within.ts';
import { type Program, runProgram } from '../fixtures/programOutput.ts';
import { type RanTask, runThumbnail } from '../fixtures/runThumbnail.ts';

/** What starts a service, as its container would be. */
export interface ServiceCommand {
  readonly program: string;
  readonly arguments: readonly string[];
  readonly cwd: string;
}

const SERVICES = { platform: 'platform.started', thumbnails: 'worker.started' } as const;

/** The services that a smoke test runs. */
export const SMOKED = ['platform', 'thumbnails'] as const satisfies (keyof typeof SERVICES)[];

const UP_WITHIN_MS = 20_000;
const DOWN_WITHIN_MS = 20_000;

/**
 * Starts platform and worker against emulators, has a photo made small, and stops both. Rejects unless they come up, the task succeeds,
 * its record comes, and each ends with 0 on SIGTERM.
 */
export async function smokeTest(
  commandOf: (service: (typeof SMOKED)[number]) => ServiceCommand,
): Promise<RanTask> {
  await using started = new AsyncDisposableStack();
  const stack = started.adopt(await startStack({ fleet }), async ({ stop }) => stop());
  const programs = SMOKED.map((service) => {
    const { program, cwd, ...command } = commandOf(service);
    const { environment } = serviceSpec({ ...stack, service, inherited: {} });
    const running = runProgram(command.arguments, { program, cwd, environment });
    started.defer(() => void running.process.kill('SIGKILL'));
    return { service, running };
  });
  for (const { service, running } of programs) {
    const up = running.printed(`"${SERVICES[service]}"`);
    await within(UP_WITHIN_MS, up, `${service} did not come up`);
  }
  const task = await runThumbnail(stack);
  for (const { service, running } of programs) await stop(service, running);
  return task;
}

async function stop(service: string, { process, ended, output }: Program): Promise<void> {
  process.kill('SIGTERM');
  const how = await within(DOWN_WITHIN_MS, ended, `${service} did not end on SIGTERM`);
  if (how !== 0) throw new Error(`${service} ended with ${how} on SIGTERM:\n${output()}`);
}
