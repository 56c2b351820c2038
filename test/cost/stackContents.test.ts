import {
  defineFleet,
  defineTask,
  defineWorker,
  fargate,
  lambda,
} from '@taskfleet/toolbox/contract';
import {
  DASHBOARDS,
  ENDPOINTS,
  PLATFORM_CONTAINERS,
  stackContents,
} from '@taskfleet/platform/cost';
import { FleetStack } from '@taskfleet/infra/stack';
import { Template } from 'aws-cdk-lib/assertions';
import { ContainerImage } from 'aws-cdk-lib/aws-ecs';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createApp } from '../../infra/createApp.ts';

const task = { input: z.unknown(), output: z.unknown(), timeLimit: '1m' } as const;
const fleet = defineFleet([
  defineWorker('mail', {
    tasks: [defineTask('mail.send', task)],
    compute: fargate({ scale: { min: 0 } }),
  }),
  defineWorker('export', {
    tasks: [defineTask('export.run', task)],
    compute: fargate({ cpu: 1_024, memory: 4_096, scale: { min: 2, max: 20 } }),
  }),
  defineWorker('resize', { tasks: [defineTask('resize.run', task)], compute: lambda() }),
  defineWorker('index', {
    tasks: [defineTask('index.run', { ...task, priority: 'low' })],
    priorities: true,
    compute: fargate({ scale: { min: 0 } }),
  }),
  defineWorker('crop', {
    tasks: [defineTask('crop.run', task)],
    priorities: true,
    compute: lambda(),
  }),
]);

const resourceSchema = z.object({ Type: z.string(), Properties: z.looseObject({}).default({}) });
type Properties = z.output<typeof resourceSchema>['Properties'];

let resources: z.output<typeof resourceSchema>[];
beforeAll(() => {
  const stack = new FleetStack(createApp({ builtinCloudFormationValidation: false }), 'Fleet', {
    fleet,
    stage: 'dev',
    compute: {
      images: (service) => ContainerImage.fromRegistry(`registry/${service}:1`),
      functions: () => Code.fromInline('export const handler = 1'),
    },
  });
  const template = z.object({ Resources: z.record(z.string(), resourceSchema) });
  resources = Object.values(template.parse(Template.fromStack(stack).toJSON()).Resources);
});

const all = (type: string): Properties[] =>
  resources.filter(({ Type }) => Type === type).map(({ Properties }) => Properties);

const list = (value: unknown): Properties[] => z.array(z.looseObject({})).default([]).parse(value);

const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0);

/** An alarm on one metric has no list of them. */
function metricsOf(alarm: Properties): number {
  return alarm['Metrics'] === undefined
    ? 1
    : list(alarm['Metrics']).filter((metric) => 'MetricStat' in metric).length;
}

const trackedSchema = z.object({
  TargetTrackingScalingPolicyConfiguration: z.object({
    CustomizedMetricSpecification: z.object({ Metrics: z.array(z.looseObject({})) }),
  }),
});

/** Application autoscaling makes an alarm to scale out and one to scale in. */
function trackedMetrics(policy: Properties): number {
  const tracked = trackedSchema.safeParse(policy);
  if (!tracked.success) return 0;
  const { Metrics } =
    tracked.data.TargetTrackingScalingPolicyConfiguration.CustomizedMetricSpecification;
  return 2 * Metrics.filter((metric) => 'MetricStat' in metric).length;
}

describe('what the estimate takes the stack for', () => {
  it('is what it has: subscriptions, queues, alarms, metrics', () => {
    const queues = all('AWS::SQS::Queue');
    expect(stackContents(fleet)).toEqual({
      subscriptions: all('AWS::SNS::Subscription').length,
      deadLetterQueues: queues.filter((queue) => queue['RedrivePolicy'] === undefined).length,
      alarmMetrics:
        sum(all('AWS::CloudWatch::Alarm').map(metricsOf)) +
        sum(all('AWS::ApplicationAutoScaling::ScalingPolicy').map(trackedMetrics)),
      customMetrics: sum(
        all('AWS::Logs::MetricFilter').map(
          (filter) => list(filter['MetricTransformations']).length,
        ),
      ),
    });
    expect(all('AWS::CloudWatch::Dashboard')).toHaveLength(DASHBOARDS);
  });

  it('is what it has: endpoints, each in every zone, and no other way out', () => {
    const endpoints = all('AWS::EC2::VPCEndpoint').filter(
      ({ VpcEndpointType }) => VpcEndpointType === 'Interface',
    );
    const zones = endpoints.map(({ SubnetIds }) => z.array(z.unknown()).parse(SubnetIds).length);
    expect(zones).toEqual(Array.from({ length: ENDPOINTS.count }, () => ENDPOINTS.zones));
  });

  it("is the platform's containers, and the least of each worker's, on x86", () => {
    const { count, cpu, memory } = PLATFORM_CONTAINERS;
    const definitions = all('AWS::ECS::TaskDefinition');
    expect(definitions.map(({ Cpu, Memory }) => [Cpu, Memory])).toEqual([
      [String(cpu), String(memory)],
      ['256', '512'],
      ['1024', '4096'],
      ['256', '512'],
    ]);
    for (const { RuntimePlatform } of definitions) {
      expect(RuntimePlatform).toMatchObject({ CpuArchitecture: 'X86_64' });
    }
    const desired = all('AWS::ECS::Service').map(({ DesiredCount }) => DesiredCount);
    expect(desired).toEqual([count, undefined, undefined, undefined]);
    const least = all('AWS::ApplicationAutoScaling::ScalableTarget');
    expect(least.map(({ MinCapacity }) => MinCapacity)).toEqual([0, 2, 0]);
    expect(all('AWS::Lambda::Function')[0]).not.toHaveProperty('Architectures');
  });

  it('is a table paid by the request, with recovery, and logs kept for a month', () => {
    expect(all('AWS::DynamoDB::Table')).toMatchObject([
      {
        BillingMode: 'PAY_PER_REQUEST',
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      },
    ]);
    const retention = all('AWS::Logs::LogGroup').map(({ RetentionInDays }) => RetentionInDays);
    expect(new Set(retention)).toEqual(new Set([30]));
  });

  it('knows every kind of resource as one that it prices, or one that costs nothing by itself', () => {
    const kinds = new Set(resources.map(({ Type }) => Type));
    expect([...kinds].filter((kind) => !PRICED.has(kind) && !FREE.has(kind))).toEqual([]);
  });
});

const PRICED = new Set([
  'AWS::ApplicationAutoScaling::ScalingPolicy',
  'AWS::CloudWatch::Alarm',
  'AWS::CloudWatch::Dashboard',
  'AWS::DynamoDB::Table',
  'AWS::EC2::VPCEndpoint',
  'AWS::ECS::Service',
  'AWS::Lambda::Function',
  'AWS::Logs::LogGroup',
  'AWS::Logs::MetricFilter',
  'AWS::S3::Bucket',
  'AWS::SNS::Subscription',
  'AWS::SNS::Topic',
  'AWS::SQS::Queue',
]);

const FREE = new Set([
  'AWS::ApplicationAutoScaling::ScalableTarget',
  'AWS::EC2::RouteTable',
  'AWS::EC2::SecurityGroup',
  'AWS::EC2::SecurityGroupIngress',
  'AWS::EC2::Subnet',
  'AWS::EC2::SubnetRouteTableAssociation',
  'AWS::EC2::VPC',
  'AWS::ECS::Cluster',
  'AWS::ECS::ClusterCapacityProviderAssociations',
  'AWS::ECS::TaskDefinition',
  'AWS::IAM::Policy',
  'AWS::IAM::Role',
  'AWS::Lambda::EventSourceMapping',
  'AWS::Lambda::Permission',
  'AWS::S3::BucketPolicy',
  'AWS::SNS::TopicPolicy',
  'AWS::SQS::QueuePolicy',
  // A function that runs at a deployment.
  'Custom::VpcRestrictDefaultSG',
]);
