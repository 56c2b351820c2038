import { startStack } from '@taskfleet/infra/local';
import { cancelFamily, cancelFlow, cancelTask } from '@taskfleet/platform/cancel';
import { createReader } from '@taskfleet/platform/reader';
import { systemClock } from '@taskfleet/toolbox/clock';
import type { TaskId } from '@taskfleet/toolbox/contract';
import { serviceSpec } from '../../infra/local/services.ts';
import { platformConfig } from '../../platform/platformConfig.ts';
import { startPlatform } from '../../platform/startPlatform.ts';
import { arithImplementation, flowFleet, tallyImplementation } from '../fixtures/flowFleet.ts';
import { clientsOf, quiet, resourcesOf, schedulerOn, workerOn } from '../fixtures/startParts.ts';

export type FlowsUnderTest = Awaited<ReturnType<typeof startFlowsUnderTest>>;

export interface Run {
  readonly task: string;
  readonly input: unknown;
  readonly id: TaskId;
}

interface FlowStack extends Pick<Awaited<ReturnType<typeof startStack>>, 'endpoints' | 'outputs'> {
  stop(): Promise<void>;
}

/** Two workers and the platform, on emulators. */
export async function startFlowsUnderTest<S extends FlowStack>(
  started: AsyncDisposableStack,
  open: () => Promise<S> = async () =>
    (await startStack({ fleet: flowFleet })) as Awaited<ReturnType<typeof startStack>> & S,
) {
  const stack = started.adopt(await open(), async (s) => s.stop());
  const clients = clientsOf(stack);
  const { tableName, bucketName, topicArn } = resourcesOf(stack);
  const table = { dynamodb: clients.dynamodb, tableName };
  const bucket = { s3: clients.s3, bucketName };
  const scheduler = started.adopt(schedulerOn(stack, clients), (some) => some.close());
  const runs: Run[] = [];
  const onRun = (task: string, input: unknown, { id }: { readonly id: TaskId }) =>
    void runs.push({ task, input, id });
  const implementations = [arithImplementation(onRun), tallyImplementation(onRun)];
  const running = implementations.map((implementation) =>
    workerOn({ stack, clients, implementation }),
  );
  const { environment } = serviceSpec({ ...stack, service: 'platform', inherited: {} });
  const platform = startPlatform({
    fleet: flowFleet,
    config: platformConfig(environment),
    clients,
    watcherSqs: clientsOf(stack).sqs,
    clock: systemClock,
    log: quiet,
    holder: 'test',
  });
  started.defer(async () => {
    await Promise.all([...running, platform].map(async (part) => part.stop()));
  });
  const cancelling = { table, fleet: flowFleet, clock: systemClock };
  return {
    stack,
    clients,
    table,
    bucket,
    topicArn,
    scheduler,
    runs,
    reader: createReader(table),
    cancel: async (id: string) => cancelTask(cancelling, id, 'alice'),
    cancelFlow: async (id: TaskId) => cancelFlow(cancelling, id, 'alice'),
    cancelFamily: async (id: string) => cancelFamily(cancelling, id, 'alice'),
    /** Inputs that a task was run with. */
    inputsOf: (task: string) => runs.flatMap((run) => (run.task === task ? [run.input] : [])),
  };
}
