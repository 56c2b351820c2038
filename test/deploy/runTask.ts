import { join } from 'node:path';
import type { StackOutputs } from '@taskfleet/infra/local';
import { createReader } from '@taskfleet/platform/reader';
import { putArtifact } from '@taskfleet/toolbox/artifacts';
import { createClients, type Endpoints } from '@taskfleet/toolbox/aws';
import { fleetConfig } from '@taskfleet/toolbox/config';
import { connectFleet } from '@taskfleet/toolbox/schedule';
import { createThumbnails } from '@taskfleet/worker-thumbnails/contract';
import { demonstration } from '@taskfleet/worker-thumbnails/demo';
import { localFleetEnvironment, serviceSpec } from '../../infra/local/services.ts';
import { LabProcess } from '../chaos/processes/labProcess.ts';
import { DeployError } from './errors.ts';

export interface RunTaskOptions {
  readonly endpoints: Endpoints;
  readonly outputs: StackOutputs;
  readonly inherited: Readonly<Record<string, string>>;
  /** For what the programs print. */
  readonly folder: string;
  readonly onStarted: (service: string) => void;
}

export interface RanTask {
  readonly id: string;
  /** The task's result, as who scheduled it gets it. */
  readonly output: unknown;
}

const CREATOR = 'test:deploy';
const DOWN_WITHIN_MS = 20_000;
const RECORDED_WITHIN_MS = 30_000;
const LOOK_EVERY_MS = 100;

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
  const environment = localFleetEnvironment(options);
  const { bucketName, tableName, ...config } = fleetConfig(environment);
  const { s3, dynamodb, ...others } = createClients(config);
  const fleet = connectFleet(environment);
  started.defer(() => {
    fleet.close();
    for (const client of [s3, dynamodb, ...Object.values(others)]) client.destroy();
  });
  for await (const { name, ...file } of demonstration.files()) {
    const photo = await putArtifact({ s3, bucketName }, { key: `uploads/${name}`, ...file });
    const input = { gallery: 'deployed', photo };
    const handle = await fleet.schedule(createThumbnails, input, { creator: CREATOR });
    const output = await handle.result({ timeout: '1m' });
    await untilRecorded(createReader({ dynamodb, tableName }), handle.id);
    return { id: handle.id, output };
  }
  throw new DeployError('the demonstration has no photo');
}

/** The result may come before the platform's copy of the task, which alone says who asked. */
async function untilRecorded(reader: ReturnType<typeof createReader>, id: string): Promise<void> {
  for (let waitedMs = 0; waitedMs < RECORDED_WITHIN_MS; waitedMs += LOOK_EVERY_MS) {
    if ((await reader.get(id)).creator === CREATOR) return;
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
  throw new DeployError(`the platform did not record ${id} within ${RECORDED_WITHIN_MS / 1_000} s`);
}
