import { z } from 'zod';
import type { Endpoints } from '../aws/index.ts';
import { type ConfigOf, type Environment, readConfig, type Setting } from './readConfig.ts';

/** The stage on a laptop: everything on emulators, nothing on AWS. */
export const LOCAL_STAGE = 'local';

const required = (what: string) => z.string(`is missing; expected ${what}`).min(1);

const loopback = z
  .url({ error: 'expected an address such as http://127.0.0.1:4566', abort: true })
  .refine(
    (url) => ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(url).hostname),
    'expected an address on this machine',
  )
  .optional();

const seconds = (least: number, most: number, standard: number) =>
  z.coerce
    .number(`expected seconds from ${least} to ${most}`)
    .int('expected whole seconds')
    .min(least, `expected at least ${least} seconds`)
    .max(most, `expected at most ${most} seconds`)
    .default(standard);

const fleetSettings = {
  stage: {
    variable: 'TASKFLEET_STAGE',
    schema: required('the name of the stage, such as "local" or "prod"'),
  },
  region: { variable: 'AWS_REGION', schema: required('an AWS region, such as "eu-central-1"') },
  topicArn: { variable: 'TASKFLEET_TOPIC_ARN', schema: required('the output TopicArn') },
  tableName: { variable: 'TASKFLEET_TABLE', schema: required('the output TableName') },
  bucketName: { variable: 'TASKFLEET_BUCKET', schema: required('the output BucketName') },
  snsEndpoint: { variable: 'AWS_ENDPOINT_URL_SNS', schema: loopback },
  sqsEndpoint: { variable: 'AWS_ENDPOINT_URL_SQS', schema: loopback },
  dynamodbEndpoint: { variable: 'AWS_ENDPOINT_URL_DYNAMODB', schema: loopback },
  s3Endpoint: { variable: 'AWS_ENDPOINT_URL_S3', schema: loopback },
  logLevel: {
    variable: 'TASKFLEET_LOG_LEVEL',
    schema: z
      .enum(['debug', 'info', 'warn', 'error'], 'expected debug, info, warn or error')
      .default('info'),
  },
} as const satisfies Record<string, Setting>;

const serviceSettings = {
  ...fleetSettings,
  queueUrl: { variable: 'TASKFLEET_QUEUE_URL', schema: required('the address of its queue') },
  deadLetterQueueUrl: {
    variable: 'TASKFLEET_DEAD_LETTER_QUEUE_URL',
    schema: required('the address of its dead-letter queue'),
  },
  /** Of a worker with priorities: the other two of its queues. */
  highQueueUrl: { variable: 'TASKFLEET_HIGH_QUEUE_URL', schema: z.string().optional() },
  lowQueueUrl: { variable: 'TASKFLEET_LOW_QUEUE_URL', schema: z.string().optional() },
  /** How long a receive waits for messages. Shorter stops sooner, longer costs less. */
  pollSeconds: { variable: 'TASKFLEET_POLL_SECONDS', schema: seconds(0, 20, 20) },
  /** How long a stopping process lets running tasks finish. ECS allows 120. */
  graceSeconds: { variable: 'TASKFLEET_GRACE_SECONDS', schema: seconds(0, 120, 30) },
  /** How often a worker says that it lives, and hears what is wanted of it. Each time costs a write unit. */
  heartbeatSeconds: { variable: 'TASKFLEET_HEARTBEAT_SECONDS', schema: seconds(1, 60, 10) },
  /** Set by ECS in its containers: where its agent takes what protects one from a scale-in. */
  ecsAgentUri: { variable: 'ECS_AGENT_URI', schema: z.url('expected an address').optional() },
  /**
   * After how long without a receive that succeeded the process ends, for another to take its place. 0: never. At least 120,
   * because a single receive may take 90 with the SDK's retries and still succeed.
   */
  watchdogSeconds: {
    variable: 'TASKFLEET_WATCHDOG_SECONDS',
    schema: seconds(0, 3_600, 300).refine(
      (value) => value === 0 || value >= 120,
      'expected 0, for none, or at least 120 seconds',
    ),
  },
} as const satisfies Record<string, Setting>;

type EndpointName = 'snsEndpoint' | 'sqsEndpoint' | 'dynamodbEndpoint' | 's3Endpoint';

type WithEndpoints<C> = Omit<C, EndpointName> & { readonly endpoints: Endpoints | undefined };

/** What it takes to schedule and to read: the stage's topic, table and bucket. */
export type FleetConfig = WithEndpoints<ConfigOf<typeof fleetSettings>>;

/** What a worker or the platform needs: the above and its own queue. */
export type ServiceConfig = WithEndpoints<ConfigOf<typeof serviceSettings>>;

export function fleetConfig(environment: Environment): FleetConfig {
  return withEndpoints(readConfig(fleetSettings, environment, endpointProblems(environment)));
}

/** `priorities`: whether the service is a worker that has them. */
export function serviceConfig(environment: Environment, priorities = false): ServiceConfig {
  const problems = [
    ...endpointProblems(environment),
    ...priorityQueueProblems(environment, priorities),
  ];
  return withEndpoints(readConfig(serviceSettings, environment, problems));
}

/** A queue that is not known gives no tasks, and one that is not received from keeps them. */
function priorityQueueProblems(environment: Environment, priorities: boolean): string[] {
  return [serviceSettings.highQueueUrl, serviceSettings.lowQueueUrl]
    .filter(({ variable }) => Boolean(environment[variable]) !== priorities)
    .map(({ variable }) =>
      priorities
        ? `${variable}: is missing; expected the address of that queue, because the contract says priorities`
        : `${variable}: expected none, because the contract has no priorities; deploy the stack that belongs to it`,
    );
}

const ENDPOINT_VARIABLES = [
  fleetSettings.snsEndpoint.variable,
  fleetSettings.sqsEndpoint.variable,
  fleetSettings.dynamodbEndpoint.variable,
  fleetSettings.s3Endpoint.variable,
];

/** The stage `local` with an endpoint missing would talk to AWS; another stage with one would talk to an emulator. */
function endpointProblems(environment: Environment): string[] {
  const isLocal = environment[fleetSettings.stage.variable] === LOCAL_STAGE;
  const given = ENDPOINT_VARIABLES.filter((variable) => environment[variable]);
  if (given.length === (isLocal ? ENDPOINT_VARIABLES.length : 0)) return [];
  const names = ENDPOINT_VARIABLES.join(', ');
  return [
    isLocal
      ? `${names}: expected all of them, because the stage "local" never talks to AWS; npm start sets them`
      : `${names}: expected none of them outside the stage "local"`,
  ];
}

function withEndpoints<C extends ConfigOf<typeof fleetSettings>>(config: C): WithEndpoints<C> {
  const {
    snsEndpoint: sns,
    sqsEndpoint: sqs,
    dynamodbEndpoint: dynamodb,
    s3Endpoint: s3,
    ...rest
  } = config;
  const complete = sns && sqs && dynamodb && s3;
  const whole = { ...rest, endpoints: complete ? { sns, sqs, dynamodb, s3 } : undefined };
  Object.freeze(whole);
  return whole;
}
