import { mkdtempSync, rmSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  ChangeMessageVisibilityBatchCommand,
  CreateQueueCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { CreateBucketCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { createClients } from '@taskfleet/toolbox/aws';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { emulatorEndpoints } from '../startStack.ts';
import { startQueues } from './queues.ts';

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'taskfleet-'));
});
afterEach(() => rmSync(dataDir, { recursive: true }));

async function withQueues<T>(use: (sqs: SQSClient) => Promise<T>): Promise<T> {
  const { endpoint, stop } = await startQueues({ dataDir });
  const endpoints = emulatorEndpoints({ queues: endpoint, table: endpoint });
  const { sqs } = createClients({ region: 'us-east-1', endpoints });
  try {
    return await use(sqs);
  } finally {
    sqs.destroy();
    await stop();
  }
}

async function createQueue(sqs: SQSClient): Promise<string> {
  const command = new CreateQueueCommand({
    QueueName: 'queue.fifo',
    Attributes: { FifoQueue: 'true' },
  });
  return (await sqs.send(command)).QueueUrl ?? '';
}

async function send(sqs: SQSClient, QueueUrl: string, text: string): Promise<void> {
  await sqs.send(
    new SendMessageCommand({
      QueueUrl,
      MessageBody: text,
      MessageGroupId: 'group',
      MessageDeduplicationId: text,
    }),
  );
}

async function receiveOne(sqs: SQSClient, QueueUrl: string) {
  const MessageSystemAttributeNames = ['ApproximateReceiveCount' as const];
  const command = new ReceiveMessageCommand({ QueueUrl, MessageSystemAttributeNames });
  const [message] = (await sqs.send(command)).Messages ?? [];
  return {
    handle: message?.ReceiptHandle,
    seen: [message?.Body, message?.Attributes?.ApproximateReceiveCount],
  };
}

async function release(sqs: SQSClient, QueueUrl: string, ReceiptHandle: string | undefined) {
  const Entries = [{ Id: '0', ReceiptHandle, VisibilityTimeout: 0 }];
  return sqs.send(new ChangeMessageVisibilityBatchCommand({ QueueUrl, Entries }));
}

describe('a message that is given back, with a data folder', () => {
  it('is the next of its group at once', async () => {
    await withQueues(async (sqs) => {
      const url = await createQueue(sqs);
      await send(sqs, url, 'first');
      await send(sqs, url, 'second');
      const { handle } = await receiveOne(sqs, url);
      expect(await release(sqs, url, handle)).toMatchObject({ Successful: [{ Id: '0' }] });
      expect((await receiveOne(sqs, url)).seen).toEqual(['first', '2']);
    });
  });

  it('is there after a restart, with its count of receives', async () => {
    await withQueues(async (sqs) => {
      const url = await createQueue(sqs);
      await send(sqs, url, 'first');
      await release(sqs, url, (await receiveOne(sqs, url)).handle);
      await send(sqs, url, 'second');
    });
    await withQueues(async (sqs) => {
      const url = await createQueue(sqs);
      expect((await receiveOne(sqs, url)).seen).toEqual(['first', '2']);
    });
  });
});

describe('an object, with a data folder', () => {
  it('is a plain file', async () => {
    const { endpoint, stop } = await startQueues({ dataDir });
    const endpoints = emulatorEndpoints({ queues: endpoint, table: endpoint });
    const { s3 } = createClients({ region: 'us-east-1', endpoints });
    await s3.send(new CreateBucketCommand({ Bucket: 'artifacts' }));
    await s3.send(new PutObjectCommand({ Bucket: 'artifacts', Key: 'a/b.jpg', Body: 'pixels' }));
    await stop();
    const names = await readdir(dataDir, { recursive: true });
    const file = names.find((name) => name.endsWith('b.jpg.data')) ?? '';
    expect(await readFile(join(dataDir, file), 'utf8')).toBe('pixels');
  });
});
