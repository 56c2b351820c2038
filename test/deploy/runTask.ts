import { join } from 'node:path';
import type { StackOutputs } from '@taskfleet/infra/local';
import { fleet } from '@taskfleet/fleet';
import type { Endpoints } from '@taskfleet/toolbox/aws';
import { serviceNames, serviceSpec } from '../../infra/local/services.ts';
import { LabProcess } from '../chaos/processes/labProcess.ts';
import { type RanTask, runThumbnail } from '../fixtures/runThumbnail.ts';
import { type SeenDoctor, seeDoctor } from './seeDoctor.ts';

export interface RunTaskOptions {
  readonly endpoints: Endpoints;
  readonly outputs: StackOutputs;
  readonly inherited: Readonly<Record<string, string>>;
  /** For what the programs print. */
  readonly folder: string;
  readonly onStarted: (service: string) => void;
}

const DOWN_WITHIN_MS = 20_000;

export interface RanStage {
  readonly task: RanTask;
  readonly doctor: SeenDoctor;
}

/**
 * Runs a thumbnail, and then the doctor, on the deployed stack: platform and workers are processes with the environment that the
 * stack's outputs give. Throws DeployError unless the worker's result comes, the platform has recorded who asked for it, and the doctor finds
 * what there is to find.
 */
export async function runTask(options: RunTaskOptions): Promise<RanStage> {
  await using started = new AsyncDisposableStack();
  for (const service of serviceNames(fleet)) {
    const spec = serviceSpec({ ...options, service });
    const logFile = join(options.folder, `${service}.log`);
    const process = new LabProcess({ spec, logFile, downWithinMs: DOWN_WITHIN_MS });
    started.defer(async () => process.terminate());
    await process.start();
    options.onStarted(service);
  }
  const task = await runThumbnail(options);
  return { task, doctor: await seeDoctor(options) };
}
