import {
  defineFleet,
  defineTask,
  defineWorker,
  lambda,
  type Worker,
} from '@taskfleet/toolbox/contract';
import { Template } from 'aws-cdk-lib/assertions';
import { ContainerImage } from 'aws-cdk-lib/aws-ecs';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createApp } from './createApp.ts';
import { FleetStack } from './fleetStack.ts';

const EXISTING = 'arn:aws:kms:eu-central-1:123456789012:key/0a1b2c3d-1111-2222-3333-444455556666';

const task = { input: z.unknown(), output: z.unknown(), timeLimit: '1m' } as const;
const workers: readonly Worker[] = [
  defineWorker('mail', { tasks: [defineTask('mail.send', task)] }),
  defineWorker('resize', { tasks: [defineTask('resize.run', task)], compute: lambda() }),
];
/** The platform, and one worker on each kind of compute. */
const SERVICES = 3;

/** Refuses a template whose resources wait for each other in a circle, as CloudFormation does. */
function synthesize(encryptionKey?: string): Template {
  const app = createApp({ builtinCloudFormationValidation: false });
  const images = () => ContainerImage.fromRegistry('image');
  const functions = () => Code.fromInline('export const handler = 1');
  const compute = { images, functions };
  const fleet = defineFleet(workers);
  return Template.fromStack(
    new FleetStack(app, 'Fleet', { fleet, stage: 'dev', encryptionKey, compute }),
  );
}

const properties = z.looseObject({ Properties: z.looseObject({}).default({}) });
const all = (template: Template, type: string) =>
  Object.values(template.findResources(type)).map((one) => properties.parse(one).Properties);

const statementSchema = z.looseObject({
  Sid: z.string().optional(),
  Action: z.union([z.string(), z.array(z.string())]).transform((value) => [value].flat()),
  Resource: z.unknown(),
  Principal: z.unknown().optional(),
  Condition: z.unknown().optional(),
});
const statementsOf = (document: unknown) =>
  z.looseObject({ Statement: z.array(statementSchema) }).parse(document).Statement;

describe.each([
  {
    what: 'a key of its own',
    given: 'create',
    arn: expect.objectContaining({ 'Fn::GetAtt': [expect.stringMatching(/^Encryption/), 'Arn'] }),
  },
  { what: 'an existing key', given: EXISTING, arn: EXISTING },
])('a stage with $what', ({ given, arn }) => {
  const template = synthesize(given);

  it('encrypts its topics and queues with it', () => {
    const topics = all(template, 'AWS::SNS::Topic');
    expect(topics.map(({ KmsMasterKeyId }) => KmsMasterKeyId)).toEqual([arn, arn]);
    for (const queue of all(template, 'AWS::SQS::Queue')) {
      expect(queue['KmsMasterKeyId']).toEqual(arn);
      expect(queue).not.toHaveProperty('SqsManagedSseEnabled');
    }
  });

  it('encrypts its table, bucket and logs with it', () => {
    expect(all(template, 'AWS::DynamoDB::Table')).toMatchObject([
      { SSESpecification: { SSEEnabled: true, SSEType: 'KMS', KMSMasterKeyId: arn } },
    ]);
    const byDefault = { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: arn };
    const rule = { BucketKeyEnabled: true, ServerSideEncryptionByDefault: byDefault };
    expect(all(template, 'AWS::S3::Bucket')).toMatchObject([
      { BucketEncryption: { ServerSideEncryptionConfiguration: [rule] } },
    ]);
    const keys = all(template, 'AWS::Logs::LogGroup').map(({ KmsKeyId }) => KmsKeyId);
    expect(keys).toEqual(Array.from({ length: SERVICES }, () => arn));
  });

  it('lets each service use it through the services that keep its tasks, and names no other key', () => {
    const withKey = all(template, 'AWS::IAM::Policy')
      .map(({ PolicyDocument }) => statementsOf(PolicyDocument))
      .map((statements) => statements.filter(({ Action }) => Action.some(isOfKms)))
      .filter((statements) => statements.length > 0);
    expect(withKey).toHaveLength(SERVICES);
    for (const statements of withKey) {
      expect(statements.map(({ Sid }) => Sid)).toEqual(
        expect.arrayContaining(['UseTheKeyForMessagesAndFiles', 'UseTheKeyForTheTable']),
      );
      for (const { Resource } of statements) expect(Resource).toEqual(arn);
      for (const { Condition } of statements.filter(({ Sid }) => Sid !== undefined)) {
        expect(JSON.stringify(Condition)).toContain('kms:ViaService');
      }
    }
  });
});

describe.each([undefined, 'create', EXISTING])('a stage with the key %s', (given) => {
  const template = synthesize(given);

  it.each([
    ['AWS::SNS::TopicPolicy', 'AWS::SNS::Topic'],
    ['AWS::SQS::QueuePolicy', 'AWS::SQS::Queue'],
    ['AWS::S3::BucketPolicy', 'AWS::S3::Bucket'],
  ])('refuses connections without TLS in a %s for every %s', (policy, type) => {
    const policies = all(template, policy);
    expect(policies).toHaveLength(all(template, type).length);
    const denial = {
      Effect: 'Deny',
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    };
    for (const { PolicyDocument } of policies) {
      expect(statementsOf(PolicyDocument)).toContainEqual(expect.objectContaining(denial));
    }
  });

  it('encrypts every queue at rest, keeps no bucket public and no log for ever', () => {
    for (const queue of all(template, 'AWS::SQS::Queue')) {
      expect(queue['SqsManagedSseEnabled'] === true).toBe(given === undefined);
    }
    const blocked = { BlockPublicAcls: true, BlockPublicPolicy: true };
    const closed = { ...blocked, IgnorePublicAcls: true, RestrictPublicBuckets: true };
    expect(all(template, 'AWS::S3::Bucket')).toMatchObject([
      { PublicAccessBlockConfiguration: closed, BucketEncryption: expect.anything() },
    ]);
    const days = all(template, 'AWS::Logs::LogGroup').map(({ RetentionInDays }) => RetentionInDays);
    expect(days).toEqual(Array.from({ length: SERVICES }, () => 30));
  });

  it('can restore its table to any second', () => {
    expect(all(template, 'AWS::DynamoDB::Table')).toMatchObject([
      { PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true } },
    ]);
  });
});

describe('the key of a stage', () => {
  const [created] = all(synthesize('create'), 'AWS::KMS::Key');
  const statements = statementsOf(created?.['KeyPolicy']);

  it('is rotated every year', () => {
    expect(created).toMatchObject({ EnableKeyRotation: true });
  });

  it('may be used by the topic to deliver, by alarms, and for its own logs only', () => {
    const bySid = (sid: string) => statements.find(({ Sid }) => Sid === sid);
    expect(bySid('LetTheTopicDeliver')).toMatchObject({
      Principal: { Service: 'sns.amazonaws.com' },
      Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
    });
    expect(JSON.stringify(bySid('LetTheTopicDeliver')?.Condition)).toContain(':taskfleet-dev.fifo');
    expect(bySid('LetAlarmsTell')).toMatchObject({
      Principal: { Service: 'cloudwatch.amazonaws.com' },
      Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
    });
    expect(JSON.stringify(bySid('LetLogsBeKept')?.Condition)).toContain(
      ':log-group:taskfleet-dev-*',
    );
    expect(statements.filter(({ Sid }) => Sid !== undefined)).toHaveLength(3);
  });

  it('is not made where it exists already', () => {
    expect(all(synthesize(EXISTING), 'AWS::KMS::Key')).toEqual([]);
  });

  it('is none without one: no role may use any', () => {
    const template = synthesize();
    expect(JSON.stringify(all(template, 'AWS::IAM::Policy'))).not.toContain('kms:');
    expect(JSON.stringify(template.toJSON())).not.toMatch(/KmsMasterKeyId|KMSMasterKeyID/);
  });
});

function isOfKms(action: string): boolean {
  return action.startsWith('kms:');
}
