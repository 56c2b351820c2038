import { z } from 'zod';
import type { Rule } from './readSettings.ts';
import type { DescribedSetting, DescribedSettings } from './setting.ts';

/** The stage on a laptop: everything on emulators, nothing on AWS. */
export const LOCAL_STAGE = 'local';

const EVERYBODY = ['scheduler', 'worker', 'platform', 'cli'] as const;

export const required = (what: string) =>
  z.string(`is missing; expected ${what}`).min(1, `expected ${what}`);

const loopback = z
  .url({ error: 'expected an address such as http://127.0.0.1:4566', abort: true })
  .refine(
    (url) => ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(url).hostname),
    'expected an address on this machine',
  )
  .optional();

const endpoint = <const V extends string>(variable: V, service: string) =>
  ({
    variable,
    meaning: `where the emulator of ${service} is: only in the stage \`${LOCAL_STAGE}\`, and there always`,
    bounds: 'an address on this machine',
    readers: EVERYBODY,
    schema: loopback,
  }) satisfies DescribedSetting;

/** What it takes to schedule and to read. */
export const fleetSettings = {
  stage: {
    variable: 'TASKFLEET_STAGE',
    meaning: `name of the stage; \`${LOCAL_STAGE}\` runs on emulators, and never talks to AWS`,
    readers: EVERYBODY,
    schema: required('the name of the stage, such as "local" or "prod"'),
  },
  region: {
    variable: 'AWS_REGION',
    meaning: 'AWS region of the stage',
    readers: EVERYBODY,
    schema: required('an AWS region, such as "eu-central-1"'),
  },
  topicArn: {
    variable: 'TASKFLEET_TOPIC_ARN',
    meaning: "the stack's output `TopicArn`",
    readers: EVERYBODY,
    schema: required('the output TopicArn'),
  },
  tableName: {
    variable: 'TASKFLEET_TABLE',
    meaning: "the stack's output `TableName`",
    readers: EVERYBODY,
    schema: required('the output TableName'),
  },
  bucketName: {
    variable: 'TASKFLEET_BUCKET',
    meaning: "the stack's output `BucketName`",
    readers: EVERYBODY,
    schema: required('the output BucketName'),
  },
  snsEndpoint: endpoint('AWS_ENDPOINT_URL_SNS', 'SNS'),
  sqsEndpoint: endpoint('AWS_ENDPOINT_URL_SQS', 'SQS'),
  dynamodbEndpoint: endpoint('AWS_ENDPOINT_URL_DYNAMODB', 'DynamoDB'),
  s3Endpoint: endpoint('AWS_ENDPOINT_URL_S3', 'S3'),
} as const satisfies DescribedSettings;

const ENDPOINTS = ['snsEndpoint', 'sqsEndpoint', 'dynamodbEndpoint', 's3Endpoint'] as const;

/** The stage `local` with an endpoint missing would talk to AWS; another stage with one would talk to an emulator. */
export const endpointsFitStage: Rule = (readings) => {
  const isLocal = readings['stage']?.value === LOCAL_STAGE;
  const given = ENDPOINTS.filter((name) => readings[name]?.origin !== 'not set');
  if (given.length === (isLocal ? ENDPOINTS.length : 0)) return [];
  const names = ENDPOINTS.map((name) => fleetSettings[name].variable).join(', ');
  return [
    isLocal
      ? `${names}: expected all of them, because the stage "local" never talks to AWS; npm start sets them`
      : `${names}: expected none of them outside the stage "local"`,
  ];
};
