import { PublishCommand } from '@aws-sdk/client-sns';
import { ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { type Clients, createClients } from '@taskfleet/toolbox/aws';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exampleFleet } from '../exampleFleet.ts';
import { serviceEnvironment } from '../serviceEnvironment.ts';
import { provisionFleet } from './provisionFleet.ts';
import { type LocalStack, startStack } from './startStack.ts';

let stack: LocalStack;
let clients: Clients;
beforeAll(async () => {
  stack = await startStack({ fleet: exampleFleet() });
  clients = createClients({ region: 'us-east-1', endpoints: stack.endpoints });
});
afterAll(() => stack.stop());

async function publish(worker: string, text: string): Promise<void> {
  const command = new PublishCommand({
    TopicArn: stack.outputs['TopicArn'],
    Message: text,
    MessageGroupId: text,
    MessageDeduplicationId: text,
    MessageAttributes: { worker: { DataType: 'String', StringValue: worker } },
  });
  await clients.sns.send(command);
}

async function bodies(service: string): Promise<(string | undefined)[]> {
  const environment = serviceEnvironment({ stage: 'local', outputs: stack.outputs, service });
  const command = new ReceiveMessageCommand({
    QueueUrl: environment.TASKFLEET_QUEUE_URL,
    MaxNumberOfMessages: 10,
    WaitTimeSeconds: 0,
  });
  return ((await clients.sqs.send(command)).Messages ?? []).map(({ Body }) => Body);
}

describe('a local stack', () => {
  it('delivers a task to its worker and to the platform, as it was published', async () => {
    await publish('email', '{"to":"a"}');
    await publish('layer-index', '{"layer":"b"}');
    expect(await bodies('email')).toEqual(['{"to":"a"}']);
    expect(await bodies('layer-index')).toEqual(['{"layer":"b"}']);
    expect((await bodies('platform')).toSorted()).toEqual(['{"layer":"b"}', '{"to":"a"}']);
  });

  it('stores objects through an address without a name for the bucket', async () => {
    const object = { Bucket: stack.outputs['BucketName'], Key: 'a/b c.txt' };
    await clients.s3.send(new PutObjectCommand({ ...object, Body: 'text' }));
    const { Body } = await clients.s3.send(new GetObjectCommand(object));
    expect(await Body?.transformToString()).toBe('text');
  });

  it('has the same outputs when it is provisioned again', async () => {
    const again = await provisionFleet({ fleet: exampleFleet(), endpoints: stack.endpoints });
    expect(again).toEqual(stack.outputs);
  });

  it('is not provisioned without explicit endpoints', async () => {
    const endpoints = { ...stack.endpoints, sqs: '', dynamodb: '' };
    await expect(provisionFleet({ fleet: exampleFleet(), endpoints })).rejects.toThrow(
      "endpoints: expected an emulator's address for sqs, dynamodb",
    );
  });
});
