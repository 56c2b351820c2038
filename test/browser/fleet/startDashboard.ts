import { randomUUID } from 'node:crypto';
import { PublishCommand } from '@aws-sdk/client-sns';
import {
  fleetEnvironment,
  LOCAL_REGION,
  queuesEnvironment,
  serviceEnvironment,
} from '@taskfleet/infra/local';
import { accessTo } from '@taskfleet/platform/access';
import { type ApiDeps, startApi } from '@taskfleet/platform/api';
import { buildDashboard, DASHBOARD_PAGES } from '@taskfleet/platform/dashboard/build';
import { createIdentify, type IdentityConfig } from '@taskfleet/platform/identity';
import { createOwnMetrics } from '@taskfleet/platform/metrics';
import { systemClock } from '@taskfleet/toolbox/clock';
import {
  findTask,
  type ScheduleOptions,
  type WorkerImplementation,
} from '@taskfleet/toolbox/contract';
import { platformConfig } from '../../../platform/platformConfig.ts';
import { startPlatform } from '../../../platform/startPlatform.ts';
import { clientsOf, workerOn } from '../../fixtures/startParts.ts';
import { silent } from '../../platform/startPlatformUnderTest.ts';
import { startRestartableStack } from '../../toolbox/restartableStack.ts';
import { browserFleet } from './contract.ts';
import { earlyMail, Exports, exportsImplementation, mail } from './handlers.ts';

export type DashboardUnderTest = Awaited<ReturnType<typeof startDashboard>>;

export interface DashboardOptions {
  /** Default: none, so that everybody may do everything. */
  readonly identity?: IdentityConfig;
  /** Of requests. Default: the standard. */
  readonly limits?: NonNullable<ApiDeps['limits']>;
}

/** A whole fleet on emulators in this process, and its dashboard on a free port of the loopback interface. */
export async function startDashboard({
  identity = { kind: 'open' },
  limits = {},
}: DashboardOptions = {}) {
  await using started = new AsyncDisposableStack();
  await buildDashboard();
  const stack = started.adopt(await startRestartableStack(browserFleet), async (s) => s.stop());
  const clientsOfOwn = (own: AsyncDisposableStack = started) =>
    own.adopt(clientsOf(stack), (clients) => {
      for (const client of Object.values(clients)) client.destroy();
    });
  const config = platformConfig(environmentOf(stack));
  let aheadMs = 0;
  const clock = { ...systemClock, now: () => systemClock.now() + aheadMs };
  const replica = async (own: AsyncDisposableStack, holder: string) => {
    const common = { fleet: browserFleet, clock: systemClock, log: silent };
    const metrics = createOwnMetrics();
    const platform = { ...common, metrics, config, clients: clientsOfOwn(own), holder };
    own.adopt(startPlatform({ ...platform, watcherSqs: clientsOfOwn(own).sqs }), async (p) =>
      p.stop(),
    );
    const access = own.adopt(
      accessTo({
        config: config.service,
        clients: clientsOfOwn(own),
        queues: () => config.queues,
        clock: systemClock,
        keptAtOnce: silent,
      }),
      (a) => a.close(),
    );
    const dashboard = { folder: DASHBOARD_PAGES };
    const identify = createIdentify({ config: identity, keys: access.keys, clock });
    const deps = { ...common, metrics, access, identity, identify, limits, dashboard };
    const listening = startApi(deps, { host: '127.0.0.1', port: 0 });
    const { address } = own.adopt(await listening, async (a) => a.stop());
    return { access, address };
  };
  const { access, address } = await replica(started, 'test/1');
  const publishing = clientsOfOwn();
  const exports = new Exports();
  const work = (implementation: WorkerImplementation) =>
    started.adopt(
      workerOn({ stack, clients: clientsOfOwn(), implementation, log: silent }),
      async (w) => w.stop(),
    );
  work(exportsImplementation(exports));
  const early = work(earlyMail);
  const owned = started.move();
  return {
    address,
    /** Another replica of the platform on the same stage. Resolves to the address of its pages. */
    startReplica: async () => (await replica(owned, 'test/2')).address,
    access,
    stack,
    exports,
    schedule: async (name: string, input: unknown, options: ScheduleOptions = {}) =>
      access.schedule(findTask(browserFleet, name), input, options),
    /** By how much the clock that tokens are checked with is ahead. */
    setClockAhead: (ms: number) => {
      aheadMs = ms;
    },
    /** Puts something on the topic for the worker of exports. */
    publish: async (body: string) =>
      publishing.sns.send(
        new PublishCommand({
          TopicArn: config.service.topicArn,
          Message: body,
          MessageGroupId: 'test',
          MessageDeduplicationId: randomUUID(),
          MessageAttributes: { worker: { DataType: 'String', StringValue: 'exports' } },
        }),
      ),
    /** What a deployment does: the mail worker that knows digests takes the place of the one that does not. */
    deployMail: async () => {
      await early.stop();
      owned.adopt(
        workerOn({ stack, clients: clientsOf(stack), implementation: mail, log: silent }),
        async (w) => w.stop(),
      );
    },
    stop: async () => owned.disposeAsync(),
  };
}

type Stack = Awaited<ReturnType<typeof startRestartableStack>>;

function environmentOf({ outputs, endpoints }: Stack) {
  return {
    ...fleetEnvironment({ stage: 'local', outputs }),
    ...queuesEnvironment(outputs),
    ...serviceEnvironment({ stage: 'local', outputs, service: 'platform' }),
    AWS_REGION: LOCAL_REGION,
    AWS_ENDPOINT_URL_SNS: endpoints.sns,
    AWS_ENDPOINT_URL_SQS: endpoints.sqs,
    AWS_ENDPOINT_URL_DYNAMODB: endpoints.dynamodb,
    AWS_ENDPOINT_URL_S3: endpoints.s3,
    TASKFLEET_POLL_SECONDS: '1',
    PORT: '0',
  };
}
