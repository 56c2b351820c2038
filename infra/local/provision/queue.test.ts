import { GetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { onEmulators, type OnEmulators } from './onEmulators.ts';

let emulators: OnEmulators;
beforeAll(async () => {
  emulators = await onEmulators();
});
afterAll(() => emulators[Symbol.asyncDispose]());

async function provision(name: string, ...versions: readonly object[]): Promise<string> {
  const base = { QueueName: `${name}.fifo`, FifoQueue: true };
  const complete = versions.map((version) => Object.assign({}, base, version));
  return emulators.provision('AWS::SQS::Queue', name, ...complete);
}

async function read(QueueUrl: string) {
  const command = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] });
  return (await emulators.clients.sqs.send(command)).Attributes;
}

describe('a queue that is already there', () => {
  it('takes the attributes that differ', async () => {
    const before = { VisibilityTimeout: 5 };
    const after = { VisibilityTimeout: 7, MessageRetentionPeriod: 600 };
    const url = await provision('changed', before, after);
    const expected = { VisibilityTimeout: '7', MessageRetentionPeriod: '600' };
    expect(await read(url)).toMatchObject(expected);
  });

  it('takes back what the template no longer has', async () => {
    const RedrivePolicy = { deadLetterTargetArn: 'arn:aws:sqs:us-east-1:0:d', maxReceiveCount: 2 };
    const url = await provision('reverted', { VisibilityTimeout: 5, RedrivePolicy });
    expect(await read(url)).toMatchObject({ RedrivePolicy: JSON.stringify(RedrivePolicy) });
    await provision('reverted', {});
    expect(await read(url)).toMatchObject({ VisibilityTimeout: '30' });
    expect(await read(url)).not.toHaveProperty('RedrivePolicy');
  });

  it('refuses what the emulator cannot change, in one line', async () => {
    const changed = { DeduplicationScope: 'messageGroup' };
    await expect(provision('stuck', {}, changed)).rejects.toThrow(
      'AWS::SQS::Queue Thing: DeduplicationScope is stored as queue and should be messageGroup, which cannot be changed in place; start with an empty data folder',
    );
  });
});
