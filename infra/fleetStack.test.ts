import { defineFleet, defineTask, defineWorker, type Fleet } from '@taskfleet/toolbox/contract';
import { Template } from 'aws-cdk-lib/assertions';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createApp } from './createApp.ts';
import { exampleFleet } from './exampleFleet.ts';
import { FleetStack } from './fleetStack.ts';

function synthesize(fleet: Fleet, props: { stage?: string; prefix?: string } = {}): Template {
  const app = createApp({ builtinCloudFormationValidation: false });
  return Template.fromStack(new FleetStack(app, 'Fleet', { fleet, stage: 'dev', ...props }));
}

function fleetOf(...names: string[]): Fleet {
  const task = { input: z.unknown(), output: z.unknown() };
  return defineFleet(
    names.map((name) => defineWorker(name, { tasks: [defineTask(`${name}.run`, task)] })),
  );
}

const resourceSchema = z.object({
  Properties: z.record(z.string(), z.unknown()),
  DeletionPolicy: z.string().optional(),
});

function resources(template: Template, type: string) {
  const found = z.record(z.string(), resourceSchema).parse(template.findResources(type));
  return Object.entries(found).map(([id, { Properties, DeletionPolicy }]) => {
    return { id, Properties, DeletionPolicy };
  });
}

function queue(template: Template, name: string) {
  const found = resources(template, 'AWS::SQS::Queue').find(({ Properties }) => {
    return Properties['QueueName'] === name;
  });
  if (found === undefined) throw new Error(`expected a queue ${name}`);
  return found;
}

function queueNames(template: Template): unknown[] {
  const names = resources(template, 'AWS::SQS::Queue').map(
    ({ Properties }) => Properties['QueueName'],
  );
  return names.toSorted();
}

function subscriptionOf(template: Template, queueName: string) {
  const Endpoint = { 'Fn::GetAtt': [queue(template, queueName).id, 'Arn'] };
  const subscriptions = template.findResources('AWS::SNS::Subscription', {
    Properties: { Endpoint },
  });
  return Object.values(subscriptions).map(({ Properties }) => Properties);
}

describe('the stack of a fleet', () => {
  let template: Template;
  beforeAll(() => {
    template = synthesize(exampleFleet());
  });

  it('has one FIFO topic with the throughput and deduplication of message groups', () => {
    expect(resources(template, 'AWS::SNS::Topic').map(({ Properties }) => Properties)).toEqual([
      {
        TopicName: 'taskfleet-dev.fifo',
        FifoTopic: true,
        FifoThroughputScope: 'MessageGroup',
        ContentBasedDeduplication: false,
      },
    ]);
  });

  it('has a queue and a dead-letter queue for each worker and the platform', () => {
    expect(queueNames(template)).toEqual([
      'taskfleet-dev-email.fifo',
      'taskfleet-dev-email_dead.fifo',
      'taskfleet-dev-layer-index.fifo',
      'taskfleet-dev-layer-index_dead.fifo',
      'taskfleet-dev-platform.fifo',
      'taskfleet-dev-platform_dead.fifo',
    ]);
  });

  it('has queues with high throughput, encryption and long polls only', () => {
    for (const { Properties } of resources(template, 'AWS::SQS::Queue')) {
      expect(Properties).toMatchObject({
        FifoQueue: true,
        ContentBasedDeduplication: false,
        DeduplicationScope: 'messageGroup',
        FifoThroughputLimit: 'perMessageGroupId',
        SqsManagedSseEnabled: true,
        ReceiveMessageWaitTimeSeconds: 20,
      });
    }
  });

  it.each([
    { service: 'layer-index', visibility: 45, receives: 280 },
    { service: 'email', visibility: 12, receives: 240 },
    { service: 'platform', visibility: 30, receives: 100 },
  ])('gives the queue of $service its lease, and its dead letters 14 days', (expected) => {
    const dead = queue(template, `taskfleet-dev-${expected.service}_dead.fifo`);
    expect(dead.Properties).toMatchObject({ MessageRetentionPeriod: 14 * 86_400 });
    const { Properties } = queue(template, `taskfleet-dev-${expected.service}.fifo`);
    expect(Properties).toMatchObject({
      VisibilityTimeout: expected.visibility,
      MessageRetentionPeriod: 10 * 86_400,
      RedrivePolicy: {
        deadLetterTargetArn: { 'Fn::GetAtt': [dead.id, 'Arn'] },
        maxReceiveCount: expected.receives,
      },
    });
  });

  it.each(['layer-index', 'email'])('delivers to %s its own tasks only, raw', (worker) => {
    const subscriptions = subscriptionOf(template, `taskfleet-dev-${worker}.fifo`);
    expect(subscriptions).toMatchObject([
      { RawMessageDelivery: true, FilterPolicy: { worker: [worker] } },
    ]);
    expect(subscriptions[0]).not.toHaveProperty('FilterPolicyScope');
  });

  it('delivers every task to the platform, raw', () => {
    const subscriptions = subscriptionOf(template, 'taskfleet-dev-platform.fifo');
    expect(subscriptions).toMatchObject([{ RawMessageDelivery: true }]);
    expect(subscriptions[0]).not.toHaveProperty('FilterPolicy');
    expect(resources(template, 'AWS::SNS::Subscription')).toHaveLength(3);
  });

  it('has a table on demand with recovery, expiry and keys-only indexes', () => {
    const indexes = ['recent', 'due', 'failed', 'family', 'subject'];
    const tables = resources(template, 'AWS::DynamoDB::Table');
    expect(tables).toMatchObject([{ DeletionPolicy: 'Retain' }]);
    expect(tables[0]?.Properties).toMatchObject({
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
      GlobalSecondaryIndexes: indexes.map((name) => ({
        IndexName: name,
        Projection: { ProjectionType: 'KEYS_ONLY' },
      })),
      AttributeDefinitions: expect.arrayContaining([
        { AttributeName: 'dueShard', AttributeType: 'S' },
        { AttributeName: 'dueAt', AttributeType: 'N' },
      ]),
    });
  });

  it('has a private bucket that drops broken uploads and outlives the stack', () => {
    const [bucket, ...others] = resources(template, 'AWS::S3::Bucket');
    expect([bucket?.DeletionPolicy, others]).toEqual(['Retain', []]);
    expect(bucket?.Properties).toMatchObject({
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [
          { ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } },
        ],
      },
      LifecycleConfiguration: {
        Rules: expect.arrayContaining([
          { AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 }, Status: 'Enabled' },
        ]),
      },
    });
  });

  it.each([
    { type: 'AWS::SNS::TopicPolicy', count: 1 },
    { type: 'AWS::SQS::QueuePolicy', count: 6 },
    { type: 'AWS::S3::BucketPolicy', count: 1 },
  ])('refuses connections without TLS in every $type', ({ type, count }) => {
    const policies = resources(template, type);
    expect(policies).toHaveLength(count);
    const Condition = { Bool: { 'aws:SecureTransport': 'false' } };
    for (const { Properties } of policies) {
      const denial = expect.objectContaining({ Effect: 'Deny', Condition });
      const Statement = expect.arrayContaining([denial]);
      expect(Properties).toMatchObject({ PolicyDocument: { Statement } });
    }
  });

  it('has the outputs that services and the command line need', () => {
    expect(Object.keys(template.findOutputs('*')).toSorted()).toEqual([
      'BucketName',
      'EmailDeadLetterQueueUrl',
      'EmailQueueUrl',
      'LayerIndexDeadLetterQueueUrl',
      'LayerIndexQueueUrl',
      'PlatformDeadLetterQueueUrl',
      'PlatformQueueUrl',
      'Services',
      'TableName',
      'TopicArn',
    ]);
  });

  it('leaves the names of table and bucket to CloudFormation', () => {
    const [table] = resources(template, 'AWS::DynamoDB::Table');
    const [bucket] = resources(template, 'AWS::S3::Bucket');
    expect(table?.Properties).not.toHaveProperty('TableName');
    expect(bucket?.Properties).not.toHaveProperty('BucketName');
  });
});

describe('the names of a stack', () => {
  it('begin with another prefix when one is given', () => {
    const template = synthesize(fleetOf('email'), { stage: 'prod', prefix: 'acmetasks' });
    expect(queueNames(template)).toContain('acmetasks-prod-email.fifo');
    const [topic] = resources(template, 'AWS::SNS::Topic');
    expect(topic?.Properties).toMatchObject({ TopicName: 'acmetasks-prod.fifo' });
  });

  it('keep a worker called like a dead-letter queue apart', () => {
    expect(new Set(queueNames(synthesize(fleetOf('export', 'export-dead')))).size).toBe(6);
  });

  it('refuse a stage that is no plain word', () => {
    expect(() => synthesize(exampleFleet(), { stage: 'dev-1' })).toThrow(
      'stack: stage: expected a letter',
    );
  });
});
