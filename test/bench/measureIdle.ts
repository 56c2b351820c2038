import { LOCAL_REGION, type LocalStack, serviceEnvironment } from '@taskfleet/infra/local';
import { createClients } from '@taskfleet/toolbox/aws';
import { systemClock } from '@taskfleet/toolbox/clock';
import { type Environment, LOCAL_STAGE, serviceConfig } from '@taskfleet/toolbox/config';
import { implement, newProcessId } from '@taskfleet/toolbox/contract';
import { startWorker } from '@taskfleet/toolbox/runtime';
import { platformConfig } from '../../platform/platformConfig.ts';
import { startPlatform } from '../../platform/startPlatform.ts';
import { endpointVariables } from '../../infra/local/services.ts';
import { quiet } from '../fixtures/startParts.ts';
import { measuredFleet, measuredWorker } from './measureTasks.ts';
import { type Meter, meter } from './meter.ts';

type Stack = Pick<LocalStack, 'endpoints' | 'outputs'>;

/** What a process without work asks of AWS in a minute. */
export interface MeasuredIdle {
  readonly requests: Readonly<Record<string, number>>;
  readonly writeUnits: number;
  readonly readUnits: number;
}

/** Past the first requests, which only a start makes, and off the beat of the polls, of which every third of a minute has one. */
const SETTLE_MS = 5_000;
const MINUTE_MS = 60_000;

/** The platform and a worker process as they are deployed, with no task to run, for a minute. */
export async function measureIdle(
  stack: Stack,
): Promise<Record<'platform' | 'worker', MeasuredIdle>> {
  const holder = newProcessId(measuredWorker.name, systemClock);
  const common = { clock: systemClock, log: quiet, holder };
  const [platformClients, workerClients] = [clientsOn(stack), clientsOn(stack)];
  const counted = { platform: meter(platformClients), worker: meter(workerClients) };
  const environmentOf = (service: string) => environmentOn(stack, service);
  const running = [
    startPlatform({
      ...common,
      fleet: measuredFleet,
      config: platformConfig(environmentOf('platform')),
      clients: platformClients,
      watcherSqs: platformClients.sqs,
    }),
    startWorker({
      ...common,
      ...settings(environmentOf(measuredWorker.name)),
      implementation: implement(measuredWorker, { 'measured.take': () => null }),
      clients: workerClients,
    }),
  ];
  await systemClock.sleep(SETTLE_MS);
  counted.platform.clear();
  counted.worker.clear();
  await systemClock.sleep(MINUTE_MS);
  const measured = { platform: copyOf(counted.platform), worker: copyOf(counted.worker) };
  await Promise.all(running.map(async (part) => part.stop()));
  return measured;
}

function copyOf({ requests, writeUnits, readUnits }: Meter): MeasuredIdle {
  const sorted = [...requests].toSorted(([a], [b]) => a.localeCompare(b));
  return { requests: Object.fromEntries(sorted), writeUnits, readUnits };
}

function clientsOn({ endpoints }: Stack) {
  return createClients({ region: LOCAL_REGION, endpoints });
}

function settings(environment: Environment) {
  const config = serviceConfig(environment);
  const { pollSeconds, graceSeconds, watchdogSeconds } = config;
  return { resources: config, pollSeconds, graceSeconds, watchdogSeconds };
}

function environmentOn({ endpoints, outputs }: Stack, service: string): Environment {
  return {
    ...serviceEnvironment({ stage: LOCAL_STAGE, outputs, service }),
    ...endpointVariables(endpoints),
  };
}
