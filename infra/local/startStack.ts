import type { Endpoints } from '@taskfleet/toolbox/aws';
import type { Fleet } from '@taskfleet/toolbox/contract';
import type { StackOutputs } from '../outputs.ts';
import { type QueuesEmulator, startQueues } from './emulators/queues.ts';
import { startTable } from './emulators/table.ts';
import { provisionFleet, type ProvisionFleetOptions } from './provisionFleet.ts';

export interface StartStackOptions {
  readonly fleet: Fleet;
  /** Where the emulators keep their state. Default: in memory, gone after `stop()`. */
  readonly dataDir?: string;
  /** Gives the fleet's template. Default: it is synthesized. */
  readonly synthesize?: ProvisionFleetOptions['synthesize'];
}

/** A fleet's stack on emulators of this process. */
export interface LocalStack {
  readonly endpoints: Endpoints;
  readonly outputs: StackOutputs;
  readonly inspectQueue: QueuesEmulator['inspect'];
  readonly stop: () => Promise<void>;
}

/** Starts both emulators in this process, on free ports of 127.0.0.1, and provisions the fleet. Throws what provisionFleet throws. */
export async function startStack({
  fleet,
  dataDir,
  synthesize,
}: StartStackOptions): Promise<LocalStack> {
  await using started = new AsyncDisposableStack();
  const table = started.adopt(await startTable({ dataDir }), ({ stop }) => stop());
  const queues = started.adopt(await startQueues({ dataDir }), ({ stop }) => stop());
  const endpoints = emulatorEndpoints({ queues: queues.endpoint, table: table.endpoint });
  const outputs = await provisionFleet({ fleet, endpoints, synthesize });
  const running = started.move();
  return {
    endpoints,
    outputs,
    inspectQueue: queues.inspect,
    stop: () => running.disposeAsync(),
  };
}

/** Which emulator plays which service. */
export function emulatorEndpoints(
  emulators: Readonly<Record<'queues' | 'table', string>>,
): Endpoints {
  const { queues, table } = emulators;
  return { sns: queues, sqs: queues, s3: queues, dynamodb: table };
}
