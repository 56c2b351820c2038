import {
  fleetEnvironment,
  LOCAL_REGION,
  type LocalStack,
  queuesEnvironment,
  serviceEnvironment,
} from '@taskfleet/infra/local';
import { serviceQueues } from '@taskfleet/platform/dead-letters';
import { type RunningPlatform, startPlatform } from '@taskfleet/platform/start';
import { type Clients, createClients } from '@taskfleet/toolbox/aws';
import {
  type Environment,
  fleetConfig,
  LOCAL_STAGE,
  serviceConfig,
} from '@taskfleet/toolbox/config';
import {
  type Fleet,
  inline,
  newProcessId,
  type WorkerImplementation,
} from '@taskfleet/toolbox/contract';
import type { BreakerOptions } from '@taskfleet/toolbox/breaker';
import type { Log } from '@taskfleet/toolbox/log';
import { type RunningWorker, startWorker } from '@taskfleet/toolbox/runtime';
import type { FleetClock } from './fleetClock.ts';
import type { Wire } from './wire.ts';

/** What every part of a fleet under test stands on. */
export interface Ground {
  readonly fleet: Fleet;
  readonly stack: LocalStack;
  readonly clock: FleetClock;
  readonly wire: Wire;
  readonly log: Log;
}

/** An outage is found out at the first failure and looked at often: a test has no minutes. */
export const QUICK_BREAKER: Partial<BreakerOptions> = { volumeThreshold: 1, probeIntervalMs: 50 };

/** Of what the workers' processes hear: a cancel, a pause. */
const HEARTBEAT_SECONDS = 1;
/** The end of a test waits for no handler. */
const GRACE_SECONDS = 0;

export function configOf({ stack }: Pick<Ground, 'stack'>) {
  return fleetConfig({
    ...fleetEnvironment({ stage: LOCAL_STAGE, outputs: stack.outputs }),
    ...addresses(stack),
  });
}

export function queuesOf({ stack }: Pick<Ground, 'stack'>) {
  return serviceQueues(queuesEnvironment(stack.outputs));
}

/** Clients whose requests come along the fleet's wire. */
export function clientsFor({ stack, wire }: Pick<Ground, 'stack' | 'wire'>, by: string): Clients {
  return wire.tap(cleanClients(stack), by);
}

/** Clients that no fault reaches. */
export function cleanClients({ endpoints }: Pick<LocalStack, 'endpoints'>): Clients {
  return createClients({ region: LOCAL_REGION, endpoints });
}

/** Tracker, dispatcher and dead-letter watcher, as the platform's process starts them. */
export function platformOn(ground: Ground): RunningPlatform {
  const { fleet, clock, log, stack } = ground;
  return startPlatform({
    fleet,
    config: { service: serviceConfig(environmentOf(stack, 'platform')), queues: queuesOf(ground) },
    clients: clientsFor(ground, 'platform'),
    watcherSqs: clientsFor(ground, 'platform').sqs,
    clock,
    log: log.child({ service: 'platform' }),
    holder: 'platform under test',
    breaker: QUICK_BREAKER,
  });
}

/** A worker, as `runWorker` starts it, but for threads: its handlers run in the event loop of the test. */
export function workerOn(
  ground: Ground,
  implementation: WorkerImplementation,
  by: string,
): RunningWorker {
  const { clock, log, stack } = ground;
  const { worker } = implementation;
  return startWorker({
    implementation: { ...implementation, worker: { ...worker, pool: inline() } },
    clients: clientsFor(ground, by),
    resources: serviceConfig(environmentOf(stack, worker.name), worker.priorities),
    clock,
    log: log.child({ worker: worker.name }),
    holder: newProcessId(worker.name, clock),
    heartbeatSeconds: HEARTBEAT_SECONDS,
    pollSeconds: 20,
    graceSeconds: GRACE_SECONDS,
    breaker: QUICK_BREAKER,
  });
}

function environmentOf(stack: LocalStack, service: string): Environment {
  const { outputs } = stack;
  return {
    ...serviceEnvironment({ stage: LOCAL_STAGE, outputs, service }),
    ...addresses(stack),
  };
}

function addresses({ endpoints: { sns, sqs, dynamodb, s3 } }: LocalStack): Environment {
  return {
    AWS_REGION: LOCAL_REGION,
    AWS_ENDPOINT_URL_SNS: sns,
    AWS_ENDPOINT_URL_SQS: sqs,
    AWS_ENDPOINT_URL_DYNAMODB: dynamodb,
    AWS_ENDPOINT_URL_S3: s3,
  };
}
