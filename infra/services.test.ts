import {
  defineFleet,
  defineTask,
  defineWorker,
  fargate,
  lambda,
} from '@taskfleet/toolbox/contract';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { ContainerImage } from 'aws-cdk-lib/aws-ecs';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createApp } from './createApp.ts';
import { FleetStack } from './fleetStack.ts';

const task = { input: z.unknown(), output: z.unknown() };
const fleet = defineFleet([
  defineWorker('mail', {
    tasks: [defineTask('mail.send', task)],
    compute: fargate({ scale: { min: 0, max: 4, backlogPerTask: 50 }, spot: true }),
  }),
  defineWorker('export', {
    tasks: [defineTask('export.run', task)],
    compute: fargate({ cpu: 1_024, memory: 4_096, scale: { min: 1, max: 20 } }),
  }),
  defineWorker('resize', {
    tasks: [defineTask('resize.run', { ...task, timeLimit: '1m' })],
    concurrency: 4,
    compute: lambda({ memory: 2_048, maxConcurrency: 7 }),
  }),
]);

let template: Template;
beforeAll(() => {
  const app = createApp({ builtinCloudFormationValidation: false });
  const functions = () => Code.fromInline('export const handler = 1');
  const images = (service: string) => ContainerImage.fromRegistry(`registry/${service}:1`);
  const stack = new FleetStack(app, 'Fleet', {
    fleet,
    stage: 'dev',
    compute: { images, functions },
  });
  template = Template.fromStack(stack);
});

const schema = z.looseObject({ Properties: z.looseObject({}) });
const all = (type: string) =>
  Object.values(template.findResources(type)).map((resource) => schema.parse(resource).Properties);

const containerOf = (service: string) =>
  Match.objectLike({
    Image: `registry/${service}:1`,
    ReadonlyRootFilesystem: true,
    StopTimeout: 120,
  });

describe('the services of a stage', () => {
  it('are the platform and one for each worker, of the size that its contract says', () => {
    expect(all('AWS::ECS::Service')).toHaveLength(3);
    template.hasResourceProperties('AWS::ECS::TaskDefinition', {
      Cpu: '1024',
      Memory: '4096',
      ContainerDefinitions: [containerOf('export')],
    });
    template.hasResourceProperties('AWS::ECS::TaskDefinition', {
      Cpu: '256',
      ContainerDefinitions: [containerOf('platform')],
    });
  });

  it('are replaced only by what runs, and go back otherwise', () => {
    for (const service of all('AWS::ECS::Service')) {
      expect(service).toMatchObject({
        DeploymentConfiguration: {
          DeploymentCircuitBreaker: { Enable: true, Rollback: true },
          MinimumHealthyPercent: 100,
        },
        NetworkConfiguration: { AwsvpcConfiguration: { AssignPublicIp: 'DISABLED' } },
      });
    }
  });

  it('have a grace that ends before ECS kills them', () => {
    for (const { ContainerDefinitions } of all('AWS::ECS::TaskDefinition')) {
      const [container] = z
        .array(z.looseObject({ Environment: z.array(z.looseObject({ Name: z.string() })) }))
        .parse(ContainerDefinitions);
      const grace = container?.Environment.find(({ Name }) => Name === 'TASKFLEET_GRACE_SECONDS');
      expect(grace).toMatchObject({ Value: '90' });
    }
  });

  it('run on spare capacity where the contract says so', () => {
    const providers = all('AWS::ECS::Service').map(({ CapacityProviderStrategy }) =>
      JSON.stringify(CapacityProviderStrategy),
    );
    expect(providers.filter((text) => text.includes('FARGATE_SPOT'))).toHaveLength(1);
  });

  it('scale on the waiting messages of each container', () => {
    expect(all('AWS::ApplicationAutoScaling::ScalableTarget')).toMatchObject([
      { MinCapacity: 0, MaxCapacity: 4 },
      { MinCapacity: 1, MaxCapacity: 20 },
    ]);
    template.hasResourceProperties('AWS::ApplicationAutoScaling::ScalingPolicy', {
      PolicyType: 'TargetTrackingScaling',
      TargetTrackingScalingPolicyConfiguration: Match.objectLike({
        TargetValue: 50,
        CustomizedMetricSpecification: {
          Metrics: Match.arrayWith([
            Match.objectLike({
              Expression: 'waiting / IF(FILL(running, 0) > 0, running, 1)',
              ReturnData: true,
            }),
          ]),
        },
      }),
    });
  });

  it('leave zero when something waits, and only those that may be there', () => {
    const steps = all('AWS::ApplicationAutoScaling::ScalingPolicy').filter(
      ({ PolicyType }) => PolicyType === 'StepScaling',
    );
    expect(steps).toMatchObject([
      {
        StepScalingPolicyConfiguration: {
          AdjustmentType: 'ChangeInCapacity',
          StepAdjustments: [{ ScalingAdjustment: 1 }],
        },
      },
    ]);
  });

  it('have no number of containers that a deployment would set back', () => {
    const counts = all('AWS::ECS::Service').map(({ DesiredCount }) => DesiredCount);
    expect(counts.filter((count) => count !== undefined)).toEqual([1]);
  });
});

describe('a worker on Lambda', () => {
  it('is a function with time for its longest task, in the size that its contract says', () => {
    expect(
      all('AWS::Lambda::Function').filter(({ Handler }) => Handler === 'main.handler'),
    ).toMatchObject([{ Runtime: 'nodejs24.x', MemorySize: 2_048, Timeout: 90 }]);
  });

  it('is given batches of its queue, and says of each message whether it is done', () => {
    expect(all('AWS::Lambda::EventSourceMapping')).toMatchObject([
      {
        BatchSize: 4,
        ScalingConfig: { MaximumConcurrency: 7 },
        FunctionResponseTypes: ['ReportBatchItemFailures'],
      },
    ]);
  });

  it('has a queue that hides messages six times as long as an invocation may take', () => {
    const queue = all('AWS::SQS::Queue').find(
      ({ QueueName }) => QueueName === 'taskfleet-dev-resize.fifo',
    );
    expect(queue?.['VisibilityTimeout']).toBe(540);
  });
});

describe('the network of a stage', () => {
  it('has no NAT gateway, no public subnet and no way in', () => {
    template.resourceCountIs('AWS::EC2::NatGateway', 0);
    template.resourceCountIs('AWS::EC2::InternetGateway', 0);
    for (const subnet of all('AWS::EC2::Subnet')) expect(subnet['MapPublicIpOnLaunch']).toBe(false);
    const services = all('AWS::EC2::SecurityGroup').find(({ GroupDescription }) =>
      String(GroupDescription).includes('nothing may connect'),
    );
    expect(services?.['SecurityGroupIngress']).toBeUndefined();
    expect(services?.['SecurityGroupEgress']).toMatchObject([{ FromPort: 443, ToPort: 443 }]);
  });

  it('has endpoints for everything that services call', () => {
    const names = all('AWS::EC2::VPCEndpoint').map(({ ServiceName }) =>
      JSON.stringify(ServiceName),
    );
    for (const service of ['sqs', 'sns', 'logs', 'ecr.api', 'ecr.dkr', 's3', 'dynamodb']) {
      expect(names.filter((name) => name.includes(`.${service}`)).length).toBeGreaterThan(0);
    }
  });
});

describe('the roles of a stage', () => {
  it('allow nothing on every resource but what ECS itself needs', () => {
    const statements = all('AWS::IAM::Policy').flatMap(({ PolicyDocument }) => {
      return z.looseObject({ Statement: z.array(z.looseObject({})) }).parse(PolicyDocument)
        .Statement;
    });
    const onAll = statements.filter(({ Resource }) => Resource === '*');
    expect(onAll).toEqual([]);
  });

  it('are one for each service', () => {
    const withFleetRights = all('AWS::IAM::Policy').filter((policy) =>
      JSON.stringify(policy).includes('sqs:ReceiveMessage'),
    );
    expect(withFleetRights).toHaveLength(4);
  });
});
