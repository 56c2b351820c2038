import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  type LocalStack,
  queuesEnvironment,
  serviceEnvironment,
  startStack,
} from '@taskfleet/infra/local';
import { serviceQueues } from '@taskfleet/platform/dead-letters';
import { createReader } from '@taskfleet/platform/reader';
import { type RunningPlatform, startPlatform } from '@taskfleet/platform/start';
import { systemClock } from '@taskfleet/toolbox/clock';
import { LOCAL_STAGE, serviceConfig } from '@taskfleet/toolbox/config';
import { defineFleet, type Fleet, type Worker } from '@taskfleet/toolbox/contract';
import { z } from 'zod';
import { endpointVariables } from '../../infra/local/services.ts';
import { within } from '../chaos/processes/within.ts';
import { type Program, runProgram } from '../fixtures/programOutput.ts';
import { clientsOf, quiet, resourcesOf } from '../fixtures/startParts.ts';
import { PackageError } from './errors.ts';
import { projectShell } from './projectShell.ts';

const UP_WITHIN_MS = 30_000;
const DOWN_WITHIN_MS = 20_000;
const RECORDED_WITHIN_MS = 30_000;
const LOOK_EVERY_MS = 100;

const asked = z.object({ id: z.string(), output: z.unknown() });

export type RanOutside = z.output<typeof asked>;

/**
 * Starts a fleet on emulators that has the project's contract, as the project built it, and against it the project's own worker and its
 * own caller, each a process of plain Node in the project's folder. Throws unless the result comes, the platform records who asked,
 * and the worker ends with 0 on SIGTERM.
 */
export async function runOutside(folder: string, npm: string): Promise<RanOutside> {
  await using started = new AsyncDisposableStack();
  const fleet = await fleetOf(folder);
  const stack = started.adopt(await startStack({ fleet }), async (running) => running.stop());
  started.adopt(platformOn(stack, fleet), async (running) => running.stop());
  const environment = environmentOf(stack, 'words');
  const worker = runProgram(['dist/main.js'], { cwd: folder, environment });
  started.defer(() => void worker.process.kill('SIGKILL'));
  await within(UP_WITHIN_MS, worker.printed('"worker.started"'), 'the worker did not come up');
  const ran = await ask(folder, npm, environment).catch((error: unknown) => {
    throw new PackageError(`${String(error)}\nThe worker said:\n${worker.output()}`);
  });
  await untilRecorded(stack, ran.id);
  await stop(worker);
  return ran;
}

async function ask(
  folder: string,
  npm: string,
  environment: Readonly<Record<string, string>>,
): Promise<RanOutside> {
  const { node } = projectShell({ folder, npm, environment });
  return asked.parse(JSON.parse(await node('dist/ask.js', 'what works here works outside')));
}

async function fleetOf(folder: string): Promise<Fleet> {
  const built = pathToFileURL(join(folder, 'dist', 'contract.js')).href;
  const { wordsWorker } = (await import(built)) as { readonly wordsWorker: Worker };
  return defineFleet([wordsWorker]);
}

/** What a service is told, as its container would be. */
function environmentOf({ outputs, endpoints }: LocalStack, service: string) {
  return {
    ...serviceEnvironment({ stage: LOCAL_STAGE, outputs, service }),
    ...endpointVariables(endpoints),
    TASKFLEET_POLL_SECONDS: '1',
  };
}

function platformOn(stack: LocalStack, fleet: Fleet): RunningPlatform {
  return startPlatform({
    fleet,
    config: {
      service: serviceConfig(environmentOf(stack, 'platform')),
      queues: serviceQueues(queuesEnvironment(stack.outputs)),
    },
    clients: clientsOf(stack),
    watcherSqs: clientsOf(stack).sqs,
    clock: systemClock,
    log: quiet,
    holder: 'platform of the project',
  });
}

/** The result may come before the platform's copy of the task, which alone says who asked. */
async function untilRecorded(stack: LocalStack, id: string): Promise<void> {
  const reader = createReader({ dynamodb: clientsOf(stack).dynamodb, ...resourcesOf(stack) });
  for (let waitedMs = 0; waitedMs < RECORDED_WITHIN_MS; waitedMs += LOOK_EVERY_MS) {
    const record = await reader.get(id);
    if (record.creator === 'ask') return checkSecret(record.input);
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
  throw new PackageError(`the platform recorded no caller within ${RECORDED_WITHIN_MS / 1_000} s`);
}

/** The contract comes with the project's own copy of the toolbox, and its secret is one for the platform's too. */
function checkSecret(input: unknown): void {
  const shown = JSON.stringify(input);
  if (shown !== '{"text":"[secret]"}') throw new PackageError(`the record shows ${shown}`);
}

async function stop(worker: Program): Promise<void> {
  worker.process.kill('SIGTERM');
  const how = await within(DOWN_WITHIN_MS, worker.ended, 'the worker did not end on SIGTERM');
  if (how !== 0) throw new PackageError(`the worker ended with ${how}:\n${worker.output()}`);
}
