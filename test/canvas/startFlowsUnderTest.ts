import { startStack } from '@taskfleet/infra/local';
import { flowFleet, arithImplementation, tallyImplementation } from '../fixtures/flowFleet.ts';
import {
  clientsOf,
  resourcesOf,
  schedulerOn,
  trackerOn,
  workerOn,
} from '../fixtures/startParts.ts';

export type FlowsUnderTest = Awaited<ReturnType<typeof startFlowsUnderTest>>;

export interface Run {
  readonly task: string;
  readonly input: unknown;
  readonly id: string;
}

/** Two workers and a tracker on emulators. */
export async function startFlowsUnderTest(started: AsyncDisposableStack) {
  const stack = started.adopt(await startStack({ fleet: flowFleet }), async (s) => s.stop());
  const clients = clientsOf(stack);
  const { tableName, bucketName } = resourcesOf(stack);
  const table = { dynamodb: clients.dynamodb, tableName };
  const bucket = { s3: clients.s3, bucketName };
  const scheduler = started.adopt(schedulerOn(stack, clients), (some) => some.close());
  const runs: Run[] = [];
  const onRun = (task: string, input: unknown, { id }: { readonly id: string }) =>
    void runs.push({ task, input, id });
  const implementations = [arithImplementation(onRun), tallyImplementation(onRun)];
  const running = implementations.map((implementation) =>
    workerOn({ stack, clients, implementation }),
  );
  const tracker = trackerOn({ stack, clients, fleet: flowFleet });
  started.defer(async () => {
    await Promise.all([...running, tracker].map(async (part) => part.stop()));
  });
  return { stack, clients, table, bucket, scheduler, runs };
}
