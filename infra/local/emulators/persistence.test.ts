import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { PublishCommand } from '@aws-sdk/client-sns';
import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  ReceiveMessageCommand,
} from '@aws-sdk/client-sqs';
import { type Clients, createClients } from '@taskfleet/toolbox/aws';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { exampleFleet } from '../../exampleFleet.ts';
import type { StackOutputs } from '../../outputs.ts';
import { provisionFleet } from '../provisionFleet.ts';
import { emulatorEndpoints } from '../startStack.ts';

const MAIN = join(import.meta.dirname, 'main.ts');
const startedMessage = z.object({ event: z.literal('emulator.started'), endpoint: z.url() });

let dataDir: string;
let processes: ChildProcess[];
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'taskfleet-'));
  processes = [];
});
afterEach(async () => {
  await endAll('SIGKILL');
  rmSync(dataDir, { recursive: true });
});

async function launch(emulator: string, port = '0'): Promise<string> {
  const child = fork(MAIN, [emulator, '--data', dataDir, '--port', port]);
  processes.push(child);
  const [message] = await once(child, 'message');
  return startedMessage.parse(message).endpoint;
}

/** Ends both processes and returns their exit codes; null for a killed one. */
async function endAll(signal: NodeJS.Signals): Promise<unknown[]> {
  const ended = processes.splice(0).map(async (child) => {
    const exit = once(child, 'exit');
    child.kill(signal);
    return (await exit)[0];
  });
  return Promise.all(ended);
}

interface Running {
  readonly clients: Clients;
  readonly outputs: StackOutputs;
  readonly ports: { readonly queues: string; readonly table: string };
}

async function launchStack(ports: Partial<Running['ports']> = {}): Promise<Running> {
  const queues = await launch('queues', ports.queues);
  const table = await launch('table', ports.table);
  const endpoints = emulatorEndpoints({ queues, table });
  const outputs = await provisionFleet({ fleet: exampleFleet(), endpoints });
  return {
    clients: createClients({ region: 'us-east-1', endpoints }),
    outputs,
    ports: { queues: new URL(queues).port, table: new URL(table).port },
  };
}

async function publish({ clients, outputs }: Running, worker: string, text: string) {
  const command = new PublishCommand({
    TopicArn: outputs['TopicArn'],
    Message: text,
    MessageGroupId: text,
    MessageDeduplicationId: text,
    MessageAttributes: { worker: { DataType: 'String', StringValue: worker } },
  });
  await clients.sns.send(command);
}

async function receive({ clients, outputs }: Running) {
  const command = new ReceiveMessageCommand({
    QueueUrl: outputs['EmailQueueUrl'],
    MaxNumberOfMessages: 10,
    WaitTimeSeconds: 0,
  });
  return (await clients.sqs.send(command)).Messages ?? [];
}

async function fill(running: Running) {
  const { clients, outputs } = running;
  await publish(running, 'email', 'in flight');
  const [inFlight] = await receive(running);
  await publish(running, 'email', 'waiting');
  await clients.s3.send(
    new PutObjectCommand({ Bucket: outputs['BucketName'], Key: 'a/photo.jpg', Body: 'pixels' }),
  );
  await clients.dynamodb.send(
    new PutItemCommand({ TableName: outputs['TableName'], Item: { pk: { S: 'task#1' } } }),
  );
  return inFlight?.ReceiptHandle;
}

async function readStored({ clients, outputs }: Running) {
  const object = await clients.s3.send(
    new GetObjectCommand({ Bucket: outputs['BucketName'], Key: 'a/photo.jpg' }),
  );
  const { Item } = await clients.dynamodb.send(
    new GetItemCommand({ TableName: outputs['TableName'], Key: { pk: { S: 'task#1' } } }),
  );
  return { object: await object.Body?.transformToString(), item: Item };
}

describe.each([
  { how: 'stopped', signal: 'SIGTERM', code: 0 },
  { how: 'killed', signal: 'SIGKILL', code: null },
] as const)('what emulators keep when they are $how', ({ signal, code }) => {
  it('is there when they start on the same ports', async () => {
    const before = await launchStack();
    const ReceiptHandle = await fill(before);
    expect(await endAll(signal)).toEqual([code, code]);

    const after = await launchStack(before.ports);
    expect(after.outputs).toEqual(before.outputs);
    expect(after.ports).toEqual(before.ports);
    expect(await readStored(after)).toEqual({ object: 'pixels', item: { pk: { S: 'task#1' } } });

    // The message that was in flight is still hidden, and its holder can still give it back.
    const QueueUrl = after.outputs['EmailQueueUrl'];
    const [waiting, ...others] = await receive(after);
    expect([waiting?.Body, others]).toEqual(['waiting', []]);
    await after.clients.sqs.send(
      new DeleteMessageCommand({ QueueUrl, ReceiptHandle: waiting?.ReceiptHandle }),
    );
    await after.clients.sqs.send(
      new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout: 0 }),
    );
    expect((await receive(after)).map(({ Body }) => Body)).toEqual(['in flight']);

    // Topic and subscriptions are there too.
    await publish(after, 'email', 'new');
    expect((await receive(after)).map(({ Body }) => Body)).toEqual(['new']);
  });
});
