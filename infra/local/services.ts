import { join } from 'node:path';
import type { Endpoints } from '@taskfleet/toolbox/aws';
import { LOCAL_STAGE } from '@taskfleet/toolbox/config';
import type { Fleet } from '@taskfleet/toolbox/contract';
import { z } from 'zod';
import { PLATFORM, type StackOutputs } from '../outputs.ts';
import { fleetEnvironment, queuesEnvironment, serviceEnvironment } from '../serviceEnvironment.ts';
import type { Home } from './home.ts';
import { LOCAL_REGION } from './provision/provisionedStack.ts';
import type { ServiceSpec } from './supervise/launch.ts';

const root = join(import.meta.dirname, '..', '..');

/** Short, so that Ctrl-C is quick: an emulator answers a waiting receive at once, and an empty one costs nothing. */
const POLL_SECONDS = 1;
const GRACE_SECONDS = 10;

/** Short, so that a worker does soon what it is told: here a write costs nothing. */
const HEARTBEAT_SECONDS = 2;

/** For every other service of AWS, which a handler may have clients of: nothing on this machine speaks to the real ones. */
const NOWHERE = 'http://127.0.0.1:9';

const startedEmulator = z.object({ event: z.literal('emulator.started'), endpoint: z.url() });
const startedService = z.object({ event: z.enum(['worker.started', 'api.started']) });
const startedApi = z.object({ event: z.literal('api.started'), address: z.url() });

/** The address that an emulator says it listens on. */
export function endpointOf(said: unknown): string {
  return startedEmulator.parse(said).endpoint;
}

/** The address of the platform's HTTP interface. */
export function apiAddressOf(said: unknown): string {
  return startedApi.parse(said).address;
}

export interface EmulatorSpecOptions {
  readonly name: 'queues' | 'table';
  readonly home: Home;
  /** 0 for any free one; after a crash the one that clients already know. */
  readonly port: number;
  readonly inherited: Readonly<Record<string, string>>;
}

export function emulatorSpec({ name, home, port, inherited }: EmulatorSpecOptions): ServiceSpec {
  return {
    name,
    program: join(import.meta.dirname, 'emulators', 'main.ts'),
    arguments: [name, `--port=${port}`, `--data=${home.folder}`],
    environment: inherited,
    isReady: (said) => startedEmulator.safeParse(said).success,
  };
}

export interface LocalStackFacts {
  readonly endpoints: Endpoints;
  readonly outputs: StackOutputs;
}

/** What the command line needs to reach the local fleet. */
export function localFleetEnvironment(stack: LocalStackFacts): Record<string, string> {
  const { outputs, endpoints } = stack;
  return {
    ...fleetEnvironment({ stage: LOCAL_STAGE, outputs }),
    ...queuesEnvironment(outputs),
    ...endpointVariables(endpoints),
  };
}

export interface ServiceSpecOptions extends LocalStackFacts {
  /** `platform`, or a worker's name. */
  readonly service: string;
  readonly inherited: Readonly<Record<string, string>>;
  /**
   * What a person says of it: of the platform where it listens, and for whom; of a worker its own settings. And what the host
   * application makes of it. Default: nothing.
   */
  readonly told?: Readonly<Record<string, string>>;
}

/** The platform or a worker, with the environment that its container gets in the cloud, and the emulators' addresses. */
export function serviceSpec({
  service,
  outputs,
  endpoints,
  inherited,
  told = {},
}: ServiceSpecOptions): ServiceSpec {
  return {
    name: service,
    program: programOf(service),
    environment: {
      ...inherited,
      ...serviceEnvironment({ stage: LOCAL_STAGE, outputs, service }),
      ...endpointVariables(endpoints),
      AWS_ENDPOINT_URL: NOWHERE,
      ...told,
      TASKFLEET_POLL_SECONDS: String(POLL_SECONDS),
      TASKFLEET_GRACE_SECONDS: String(GRACE_SECONDS),
      TASKFLEET_HEARTBEAT_SECONDS: String(HEARTBEAT_SECONDS),
    },
    isReady: (said) => startedService.safeParse(said).success,
  };
}

/** What runs a service: `main.ts` in the folder of its name. */
export function programOf(service: string): string {
  return service === PLATFORM
    ? join(root, 'platform', 'main.ts')
    : join(root, 'workers', service, 'main.ts');
}

/** The SDK's own variables, and credentials that no account has. */
export function endpointVariables({ sns, sqs, dynamodb, s3 }: Endpoints): Record<string, string> {
  return {
    AWS_REGION: LOCAL_REGION,
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_ENDPOINT_URL_SNS: sns,
    AWS_ENDPOINT_URL_SQS: sqs,
    AWS_ENDPOINT_URL_DYNAMODB: dynamodb,
    AWS_ENDPOINT_URL_S3: s3,
  };
}

/** Names of everything that runs, in the order in which it is stopped. */
export function serviceNames(fleet: Fleet): string[] {
  return [...fleet.workers.map(({ name }) => name), PLATFORM];
}
