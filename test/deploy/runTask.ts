import { join } from 'node:path';
import type { StackOutputs } from '@taskfleet/infra/local';
import type { Endpoints } from '@taskfleet/toolbox/aws';
import { serviceSpec } from '../../infra/local/services.ts';
import { LabProcess } from '../chaos/processes/labProcess.ts';
import { type RanTask, runThumbnail } from '../fixtures/runThumbnail.ts';

export interface RunTaskOptions {
  readonly endpoints: Endpoints;
  readonly outputs: StackOutputs;
  readonly inherited: Readonly<Record<string, string>>;
  /** For what the programs print. */
  readonly folder: string;
  readonly onStarted: (service: string) => void;
}

const DOWN_WITHIN_MS = 20_000;

/**
 * Runs a thumbnail through the deployed stack: platform and worker are processes with the environment that the stack's outputs
 * give. Throws DeployError unless the worker's result comes, and the platform has recorded who asked for it.
 */
export async function runTask(options: RunTaskOptions): Promise<RanTask> {
  await using started = new AsyncDisposableStack();
  for (const service of ['platform', 'thumbnails']) {
    const spec = serviceSpec({ ...options, service });
    const logFile = join(options.folder, `${service}.log`);
    const process = new LabProcess({ spec, logFile, downWithinMs: DOWN_WITHIN_MS });
    started.defer(async () => process.terminate());
    await process.start();
    options.onStarted(service);
  }
  return await runThumbnail(options);
}
