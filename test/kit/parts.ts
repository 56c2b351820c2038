import type { SQSClient } from '@aws-sdk/client-sqs';
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
import type { TaskTable } from '@taskfleet/toolbox/table';
import type { FleetClock } from './fleetClock.ts';
import type { Wire } from './wire.ts';

/** What every part of a fleet under test stands on. */
export interface Ground {
  readonly fleet: Fleet;
  readonly stack: LocalStack;
  readonly clock: FleetClock;
  readonly wire: Wire;
  readonly log: Log;
  /** What the kit itself acts with: no fault reaches these. */
  readonly sqs: SQSClient;
  readonly table: TaskTable;
}

/** An outage is found out at the first failure and looked at often: a test has no minutes. */
export const QUICK_BREAKER: Partial<BreakerOptions> = { volumeThreshold: 1, probeIntervalMs: 50 };

/** Of what the workers' processes hear: a cancel, a pause. */
const HEARTBEAT_SECONDS = 1;
/** The end of a test waits for no handler. */
const GRACE_SECONDS = 0;

export function configOf({ stack }: Pick<Ground, 'stack'>) {
  return fleetConfig(environmentOf(stack));
}

export function queuesOf({ stack }: Pick<Ground, 'stack'>) {
  return serviceQueues(queuesEnvironment(stack.outputs));
}

/** Clients whose requests come along the fleet's wire. */
export function clientsFor({ stack, wire }: Pick<Ground, 'stack' | 'wire'>, by: string): Clients {
  const { endpoints } = stack;
  return wire.tap(createClients({ region: LOCAL_REGION, endpoints }), by);
}

/** Tracker, dispatcher and dead-letter watcher, as the platform's process starts them. */
export function platformOn(ground: Ground): RunningPlatform {
  const { fleet, clock, log, stack } = ground;
  return startPlatform({
    fleet,
    config: { service: serviceConfig(serviceIn(stack, 'platform')), queues: queuesOf(ground) },
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
    resources: serviceConfig(serviceIn(stack, worker.name), { priorities: worker.priorities }),
    clock,
    log: log.child({ worker: worker.name }),
    holder: newProcessId(worker.name, clock),
    heartbeatSeconds: HEARTBEAT_SECONDS,
    pollSeconds: 20,
    graceSeconds: GRACE_SECONDS,
    breaker: QUICK_BREAKER,
  });
}

function serviceIn(stack: LocalStack, service: string): Environment {
  const { outputs } = stack;
  return {
    ...environmentOf(stack),
    ...serviceEnvironment({ stage: LOCAL_STAGE, outputs, service }),
  };
}

/** What a program reads that schedules, and an operator's. */
export function environmentOf({ outputs, endpoints }: LocalStack): Environment {
  const { sns, sqs, dynamodb, s3 } = endpoints;
  return {
    ...fleetEnvironment({ stage: LOCAL_STAGE, outputs }),
    ...queuesEnvironment(outputs),
    AWS_REGION: LOCAL_REGION,
    AWS_ENDPOINT_URL_SNS: sns,
    AWS_ENDPOINT_URL_SQS: sqs,
    AWS_ENDPOINT_URL_DYNAMODB: dynamodb,
    AWS_ENDPOINT_URL_S3: s3,
  };
}
