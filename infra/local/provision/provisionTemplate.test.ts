import { type Clients, createClients } from '@taskfleet/toolbox/aws';
import { afterAll, describe, expect, it } from 'vitest';
import { exampleFleet } from '../../exampleFleet.ts';
import { synthesize } from '../synthesize.ts';
import { provisionTemplate } from './provisionTemplate.ts';

/** Nothing listens there: whatever is refused is refused before the first call. */
const nowhere = 'http://127.0.0.1:1';
const clients: Clients = createClients({
  region: 'us-east-1',
  endpoints: { sns: nowhere, sqs: nowhere, s3: nowhere, dynamodb: nowhere },
});
afterAll(() => {
  for (const client of Object.values(clients)) client.destroy();
});

async function provision(template: unknown) {
  return provisionTemplate({ stackName: 'stack', template }, clients);
}

function resources(Resources: Readonly<Record<string, object>>) {
  return { Resources };
}

const queue = { QueueName: 'q.fifo', FifoQueue: true };

describe('provisionTemplate', () => {
  it.each([
    {
      what: 'another type',
      template: resources({ Alarm: { Type: 'AWS::CloudWatch::Alarm' } }),
      message: 'AWS::CloudWatch::Alarm Alarm: this type is not supported on the local emulators',
    },
    {
      what: 'another property',
      template: resources({
        Queue: { Type: 'AWS::SQS::Queue', Properties: { ...queue, DelaySeconds: 3, Tags: [] } },
      }),
      message:
        'AWS::SQS::Queue Queue: DelaySeconds is not supported on the local emulators; Tags is not supported on the local emulators',
    },
    {
      what: 'another property further down',
      template: resources({
        Queue: {
          Type: 'AWS::SQS::Queue',
          Properties: {
            ...queue,
            RedrivePolicy: { deadLetterTargetArn: 'arn', maxReceiveCount: 3, strict: true },
          },
        },
      }),
      message:
        'AWS::SQS::Queue Queue: RedrivePolicy.strict is not supported on the local emulators',
    },
    {
      what: 'a standard queue',
      template: resources({
        Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'q', FifoQueue: false } },
      }),
      message: 'AWS::SQS::Queue Queue: FifoQueue: Invalid input: expected true',
    },
    {
      what: 'another key of a resource',
      template: resources({ Queue: { Type: 'AWS::SQS::Queue', Condition: 'IsProd' } }),
      message: 'template: Resources.Queue.Condition is not supported on the local emulators',
    },
    {
      what: 'another section',
      template: { Resources: {}, Mappings: {} },
      message: 'template: Mappings is not supported on the local emulators',
    },
    {
      what: 'another function',
      template: resources({
        Bucket: { Type: 'AWS::S3::Bucket', Properties: { BucketName: { 'Fn::If': [] } } },
      }),
      message:
        'Bucket.Properties.BucketName: expected one of Ref, Fn::GetAtt, Fn::Join, Fn::Sub, got Fn::If',
    },
    {
      what: 'a reference to what does not exist',
      template: resources({
        Queue: { Type: 'AWS::SQS::Queue', Properties: { ...queue, QueueName: { Ref: 'Name' } } },
      }),
      message: 'Queue.Properties.QueueName: the template has no "Name"',
    },
    {
      what: 'a reference to what has no meaning here',
      template: resources({
        Role: { Type: 'AWS::IAM::Role' },
        Queue: { Type: 'AWS::SQS::Queue', Properties: { ...queue, QueueName: { Ref: 'Role' } } },
      }),
      message:
        'Queue.Properties.QueueName: Role is a AWS::IAM::Role, which does not exist on the emulators',
    },
  ])('refuses $what', async ({ template, message }) => {
    await expect(provision(template)).rejects.toThrow(message);
  });

  it.each([
    { what: 'type', second: { Type: 'AWS::CloudWatch::Alarm' } },
    { what: 'property', second: { Type: 'AWS::SQS::Queue', Properties: { ...queue, Tags: [] } } },
  ])('refuses an unsupported $what before it changes anything', async ({ second }) => {
    const first = { Type: 'AWS::SQS::Queue', Properties: queue };
    const provisioned = provision(resources({ First: first, Second: second }));
    await expect(provisioned).rejects.toThrow(/^AWS::\S+ Second: .* is not supported/);
  });

  it('names the resource when its emulator does not answer', async () => {
    const template = resources({ Queue: { Type: 'AWS::SQS::Queue', Properties: queue } });
    await expect(provision(template)).rejects.toThrow(/^AWS::SQS::Queue Queue: .*ECONNREFUSED/);
  });

  it('accepts resources without meaning and pseudo parameters', async () => {
    const template = {
      ...resources({ Role: { Type: 'AWS::IAM::Role', Properties: { Any: 'thing' } } }),
      Outputs: {
        Where: { Value: { 'Fn::Sub': '${AWS::StackName} ${AWS::Region} ${AWS::AccountId}' } },
      },
    };
    expect(await provision(template)).toEqual({ Where: 'stack us-east-1 000000000000' });
  });

  it('accepts the stack of a fleet', async () => {
    const { template } = await synthesize(exampleFleet());
    await expect(provision(template)).rejects.toThrow('ECONNREFUSED');
  });
});
