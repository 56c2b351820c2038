import { createApp } from '../../infra/createApp.ts';
import { FleetStack } from '../../infra/fleetStack.ts';
import type { StageSeen } from '@taskfleet/toolbox/conformance/stage';
import type { Fleet } from '@taskfleet/toolbox/contract';
import { Template } from 'aws-cdk-lib/assertions';
import { z } from 'zod';

const REGION_AND_ACCOUNT = 'eu-central-1:123456789012';
const arn = (service: string, name: string) => `arn:aws:${service}:${REGION_AND_ACCOUNT}:${name}`;

const attribute = z.object({ 'Fn::GetAtt': z.tuple([z.string(), z.literal('Arn')]) });
const queues = z.record(
  z.string(),
  z.object({
    Properties: z.looseObject({
      QueueName: z.string(),
      RedrivePolicy: z
        .object({ deadLetterTargetArn: attribute, maxReceiveCount: z.number() })
        .optional(),
    }),
  }),
);
const subscriptions = z.record(
  z.string(),
  z.object({
    Properties: z.object({
      Protocol: z.string(),
      Endpoint: attribute,
      RawMessageDelivery: z.boolean(),
      FilterPolicy: z.unknown().optional(),
    }),
  }),
);
const topic = z.object({ TopicName: z.string() }).catchall(z.unknown());
const keySchema = z.array(z.object({ AttributeName: z.string(), KeyType: z.string() }));
const table = z.object({
  KeySchema: keySchema,
  AttributeDefinitions: z.array(z.object({ AttributeName: z.string(), AttributeType: z.string() })),
  BillingMode: z.string(),
  GlobalSecondaryIndexes: z.array(
    z.object({
      IndexName: z.string(),
      KeySchema: keySchema,
      Projection: z.object({ ProjectionType: z.string() }),
    }),
  ),
  TimeToLiveSpecification: z.object({ AttributeName: z.string(), Enabled: z.literal(true) }),
  PointInTimeRecoverySpecification: z.object({ PointInTimeRecoveryEnabled: z.literal(true) }),
});
const bucket = z.object({
  BucketEncryption: z.object({
    ServerSideEncryptionConfiguration: z.tuple([
      z.object({ ServerSideEncryptionByDefault: z.object({ SSEAlgorithm: z.string() }) }),
    ]),
  }),
  LifecycleConfiguration: z.object({
    Rules: z.array(
      z.looseObject({ Prefix: z.string().optional(), ExpirationInDays: z.number().optional() }),
    ),
  }),
  PublicAccessBlockConfiguration: z.record(z.string(), z.literal(true)),
});

const seen = <T>(value: T) => ({ kind: 'seen', value }) as const;

/** What AWS would say of a stage right after its deployment: the synthesized template, read as the doctor reads resources. */
export function stageOfTemplate(fleet: Fleet): StageSeen {
  const app = createApp({ builtinCloudFormationValidation: false });
  const template = Template.fromStack(new FleetStack(app, 'Fleet', { fleet, stage: 'dev' }));
  const only = (type: string): unknown =>
    Object.values(template.findResources(type))[0]?.['Properties'];
  const topicArn = arn('sns', topic.parse(only('AWS::SNS::Topic')).TopicName);
  const byId = queues.parse(template.findResources('AWS::SQS::Queue'));
  const queueArn = (id: string) => arn('sqs', byId[id]?.Properties.QueueName ?? '');
  return {
    topic: {
      arn: topicArn,
      attributes: seen(texts(topic.parse(only('AWS::SNS::Topic')))),
      subscriptions: seen(
        Object.entries(subscriptions.parse(template.findResources('AWS::SNS::Subscription'))).map(
          ([id, { Properties }]) => ({
            arn: `${topicArn}:${id}`,
            protocol: Properties.Protocol,
            endpoint: queueArn(Properties.Endpoint['Fn::GetAtt'][0]),
            attributes: seen(
              texts({
                RawMessageDelivery: Properties.RawMessageDelivery,
                ...(Properties.FilterPolicy !== undefined && {
                  FilterPolicy: Properties.FilterPolicy,
                }),
              }),
            ),
          }),
        ),
      ),
    },
    table: tableSeen(table.parse(only('AWS::DynamoDB::Table'))),
    bucket: bucketSeen(bucket.parse(only('AWS::S3::Bucket'))),
    services: new Map(
      ['platform', ...fleet.workers.map(({ name }) => name)].map((service) => {
        const named = (suffix: string) =>
          Object.entries(byId).find(([, { Properties }]) =>
            Properties.QueueName.endsWith(`-${service}${suffix}.fifo`),
          ) ?? ['', undefined];
        const [url, deadUrl, highUrl, lowUrl] = ['', '_dead', '_high', '_low'].map((suffix) => {
          const [, queue] = named(suffix);
          return queue && `https://sqs/${queue.Properties.QueueName}`;
        });
        const seenOf = (suffix: string) => seen(queueSeen(byId, named(suffix)[0], queueArn));
        return [
          service,
          {
            queueUrl: url ?? '',
            deadLetterQueueUrl: deadUrl ?? '',
            highQueueUrl: highUrl,
            lowQueueUrl: lowUrl,
            queue: seenOf(''),
            deadLetters: seenOf('_dead'),
            ...(highUrl !== undefined && { high: seenOf('_high'), low: seenOf('_low') }),
          },
        ];
      }),
    ),
    outage: seen(undefined),
  };
}

function queueSeen(
  byId: z.output<typeof queues>,
  id: string,
  queueArn: (id: string) => string,
): Record<string, string> {
  const { RedrivePolicy, QueueName: _name, ...properties } = byId[id]?.Properties ?? {};
  const redrive = RedrivePolicy && {
    deadLetterTargetArn: queueArn(RedrivePolicy.deadLetterTargetArn['Fn::GetAtt'][0]),
    maxReceiveCount: RedrivePolicy.maxReceiveCount,
  };
  return {
    ...texts(properties),
    QueueArn: queueArn(id),
    ApproximateNumberOfMessages: '0',
    ApproximateNumberOfMessagesNotVisible: '0',
    ...(redrive && texts({ RedrivePolicy: redrive })),
  };
}

/** Attributes as AWS gives them: texts, and JSON in them. */
function texts(properties: Record<string, unknown>): Record<string, string> {
  const entries = Object.entries(properties).map(([name, value]) => [
    name,
    typeof value === 'string' ? value : JSON.stringify(value),
  ]);
  return Object.fromEntries(entries);
}

function keyOf(schema: z.output<typeof keySchema>) {
  const named = (type: string) => schema.find(({ KeyType }) => KeyType === type)?.AttributeName;
  return { partitionKey: named('HASH') ?? '', sortKey: named('RANGE') };
}

function tableSeen(properties: z.output<typeof table>): StageSeen['table'] {
  return {
    name: 'tasks',
    shape: seen({
      ...keyOf(properties.KeySchema),
      indexes: properties.GlobalSecondaryIndexes.map((index) =>
        Object.assign(keyOf(index.KeySchema), {
          name: index.IndexName,
          projection: index.Projection.ProjectionType,
        }),
      ),
      types: Object.fromEntries(
        properties.AttributeDefinitions.map((one) => [one.AttributeName, one.AttributeType]),
      ),
      billingMode: properties.BillingMode,
    }),
    timeToLive: seen(properties.TimeToLiveSpecification.AttributeName),
    recovery: seen('ENABLED'),
  };
}

function bucketSeen(properties: z.output<typeof bucket>): StageSeen['bucket'] {
  const { Rules } = properties.LifecycleConfiguration;
  const [encryption] = properties.BucketEncryption.ServerSideEncryptionConfiguration;
  return {
    name: 'files',
    reached: seen(true),
    lifecycle: seen({
      lifetimes: Rules.flatMap(({ Prefix = '', ExpirationInDays: days }) =>
        days === undefined ? [] : [{ prefix: Prefix, days }],
      ),
      endsUploads: Rules.some((rule) => 'AbortIncompleteMultipartUpload' in rule),
    }),
    isPrivate: seen(Object.keys(properties.PublicAccessBlockConfiguration).length === 4),
    encryption: seen(encryption.ServerSideEncryptionByDefault.SSEAlgorithm),
  };
}
