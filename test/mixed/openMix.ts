import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { provisionFleet } from '@taskfleet/infra/local';
import { localFleetEnvironment, serviceSpec } from '../../infra/local/services.ts';
import { inheritedEnvironment } from '../../infra/local/supervise/inheritedEnvironment.ts';
import { runTool } from '../../platform/contracts/repository/runTool.ts';
import { LabProcess } from '../chaos/processes/labProcess.ts';
import { startEmulators } from '../chaos/processes/startEmulators.ts';
import { clientsOf, serviceQueues } from '../fixtures/startParts.ts';
import { queueDepth } from '../fixtures/queueDepth.ts';
import { mixedFleet } from './programs/mixedFleet.ts';

/** The trees of both versions, each with the programs of this folder. */
export interface Versions {
  readonly present: string;
  readonly previous: string;
}

export type Version = keyof Versions;

export interface MixOptions {
  readonly versions: Versions;
  readonly worker: Version;
  readonly platform: Version;
  /** Of its own, for state and what the processes print. */
  readonly folder: string;
  readonly signal: AbortSignal;
}

/** A fleet on emulators, whose worker and platform are of the version that is asked for. */
export interface Mix extends AsyncDisposable {
  /** Runs a program of a version to its end, and gives what that tells. Rejects when it takes 40 s, or fails. */
  readonly run: (version: Version, program: string, ...args: readonly string[]) => Promise<unknown>;
  /** Messages among the dead letters of worker and platform. */
  readonly deadLetters: () => Promise<number>;
}

/** What a program may take: twice what it waits for a task. */
const ENDS_WITHIN_MS = 40_000;

export async function openMix(options: MixOptions): Promise<Mix> {
  const { versions, folder, signal } = options;
  mkdirSync(folder, { recursive: true });
  await using starting = new AsyncDisposableStack();
  const emulators = starting.adopt(await startEmulators(folder), async ({ stop }) => stop());
  const { endpoints } = emulators;
  const stack = { endpoints, outputs: await provisionFleet({ fleet: mixedFleet, endpoints }) };
  const inherited = inheritedEnvironment(process.env);
  for (const service of ['platform', 'worker'] as const) {
    const running = processOf(service, options, { ...stack, inherited });
    await running.start();
    starting.defer(async () => running.terminate());
  }
  const environment = { ...inherited, ...localFleetEnvironment(stack) };
  const { sqs } = clientsOf(stack);
  starting.defer(() => sqs.destroy());
  const running = starting.move();
  return {
    run: async (version, program, ...args) => {
      const cwd = versions[version];
      const ending = AbortSignal.any([signal, AbortSignal.timeout(ENDS_WITHIN_MS)]);
      const path = programIn(cwd, program);
      const options = { cwd, environment, signal: ending };
      const end = await runTool(process.execPath, [path, ...args], options);
      if (end.sent === undefined) throw new Error(`it told nothing: ${end.stderr}`);
      return end.sent;
    },
    deadLetters: async () => {
      const depths = ['mix', 'platform'].map(async (service) =>
        queueDepth(sqs, serviceQueues(stack, service).deadLetterQueueUrl),
      );
      return (await Promise.all(depths)).reduce((sum, depth) => sum + depth, 0);
    },
    [Symbol.asyncDispose]: async () => running.disposeAsync(),
  };
}

function processOf(
  service: 'platform' | 'worker',
  { versions, folder, ...options }: MixOptions,
  facts: Omit<Parameters<typeof serviceSpec>[0], 'service'>,
): LabProcess {
  const usual = serviceSpec({ ...facts, service: service === 'worker' ? 'mix' : service });
  const spec = {
    ...usual,
    name: `${options[service]} ${service}`,
    program: programIn(versions[options[service]], service),
    isReady: (said: unknown) => JSON.stringify(said).includes(`"event":"${service}.started"`),
  };
  return new LabProcess({ spec, logFile: join(folder, `${service}.log`), downWithinMs: 20_000 });
}

function programIn(tree: string, program: string): string {
  return join(tree, 'test', 'mixed', 'programs', `${program}.main.ts`);
}
