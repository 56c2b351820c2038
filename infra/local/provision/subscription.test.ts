import { GetSubscriptionAttributesCommand, ListSubscriptionsCommand } from '@aws-sdk/client-sns';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { onEmulators, type OnEmulators } from './onEmulators.ts';

let emulators: OnEmulators;
let TopicArn: string;
beforeAll(async () => {
  emulators = await onEmulators();
  const topic = { TopicName: 'topic.fifo', FifoTopic: true };
  TopicArn = await emulators.provision('AWS::SNS::Topic', 'topic', topic);
});
afterAll(() => emulators[Symbol.asyncDispose]());

async function subscribe(properties: object): Promise<string> {
  const base = { TopicArn, Protocol: 'sqs', Endpoint: 'arn:aws:sqs:us-east-1:0:q.fifo' };
  return emulators.provision('AWS::SNS::Subscription', 'stack', { ...base, ...properties });
}

async function read(SubscriptionArn: string) {
  const command = new GetSubscriptionAttributesCommand({ SubscriptionArn });
  return (await emulators.clients.sns.send(command)).Attributes;
}

describe('a subscription that is already there', () => {
  it('takes another filter and delivery', async () => {
    const first = await subscribe({ FilterPolicy: { worker: ['a'] } });
    const second = await subscribe({ FilterPolicy: { worker: ['b'] }, RawMessageDelivery: true });
    expect(second).toBe(first);
    const expected = { FilterPolicy: '{"worker":["b"]}', RawMessageDelivery: 'true' };
    expect(await read(first)).toMatchObject(expected);
  });

  it('loses its filter with the template', async () => {
    const arn = await subscribe({ FilterPolicy: { worker: ['a'] }, RawMessageDelivery: true });
    await subscribe({});
    expect(await read(arn)).toMatchObject({ FilterPolicy: '{}', RawMessageDelivery: 'false' });
    const { Subscriptions } = await emulators.clients.sns.send(new ListSubscriptionsCommand());
    expect(Subscriptions).toHaveLength(1);
  });
});
