import { GetTopicAttributesCommand } from '@aws-sdk/client-sns';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { onEmulators, type OnEmulators } from './onEmulators.ts';

const TYPE = 'AWS::SNS::Topic';
const base = { TopicName: 'topic.fifo', FifoTopic: true, FifoThroughputScope: 'MessageGroup' };

let emulators: OnEmulators;
beforeAll(async () => {
  emulators = await onEmulators();
});
afterAll(() => emulators[Symbol.asyncDispose]());

describe('a topic that is already there', () => {
  it('is found again and takes what can be changed', async () => {
    const first = await emulators.provision(TYPE, 'topic', base);
    const changed = { ...base, ContentBasedDeduplication: true };
    expect(await emulators.provision(TYPE, 'topic', changed)).toBe(first);
    const command = new GetTopicAttributesCommand({ TopicArn: first });
    const { Attributes } = await emulators.clients.sns.send(command);
    expect(Attributes).toMatchObject({ ContentBasedDeduplication: 'true' });
  });

  it('refuses what cannot be changed', async () => {
    const changed = { ...base, FifoThroughputScope: 'Topic' };
    await expect(emulators.provision(TYPE, 'topic', base, changed)).rejects.toThrow(
      'AWS::SNS::Topic Thing: FifoThroughputScope is stored as MessageGroup and should be Topic',
    );
  });
});
