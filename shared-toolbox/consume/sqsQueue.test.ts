import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageBatchCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { mockClient } from 'aws-sdk-client-mock';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { messageIn } from '../testing/memoryQueue.ts';
import { sqsQueue } from './index.ts';

const sqs = mockClient(SQSClient);
const queue = sqsQueue({
  sqs: new SQSClient({ region: 'us-east-1' }),
  queueUrl: 'queue',
  deadLetterQueueUrl: 'dead',
  leaseSeconds: 12,
  pollSeconds: 20,
});

beforeEach(() => {
  sqs.on(DeleteMessageBatchCommand).resolves({ Successful: [], Failed: [] });
  sqs.on(ChangeMessageVisibilityBatchCommand).resolves({ Successful: [], Failed: [] });
  sqs.on(SendMessageCommand).resolves({});
});
afterEach(() => sqs.reset());

function messages(count: number) {
  return Array.from({ length: count }, (_, i) => messageIn('g', `m${i}`));
}

function changesSent() {
  return sqs
    .commandCalls(ChangeMessageVisibilityBatchCommand)
    .map(({ args }) => args[0].input.Entries?.map((entry) => entry.VisibilityTimeout));
}

describe('sqsQueue', () => {
  it('receives with the lease as visibility, and never asks for more than ten', async () => {
    sqs.on(ReceiveMessageCommand).resolves({
      Messages: [
        {
          Body: 'body',
          ReceiptHandle: 'receipt',
          Attributes: {
            MessageGroupId: 'g',
            MessageDeduplicationId: 'd',
            ApproximateReceiveCount: '3',
          },
        },
      ],
    });
    const received = { body: 'body', receiptHandle: 'receipt', groupId: 'g', deduplicationId: 'd' };
    expect(await queue.receive(50)).toEqual([{ ...received, receiveCount: 3 }]);
    expect(sqs.commandCalls(ReceiveMessageCommand)[0]?.args[0].input).toMatchObject({
      MaxNumberOfMessages: 10,
      VisibilityTimeout: 12,
      WaitTimeSeconds: 20,
    });
  });

  it('answers an empty receive with nothing', async () => {
    sqs.on(ReceiveMessageCommand).resolves({});
    expect(await queue.receive(1)).toEqual([]);
  });

  it('deletes in batches of ten', async () => {
    await Promise.all(messages(12).map(async (message) => queue.delete(message)));
    const sizes = sqs
      .commandCalls(DeleteMessageBatchCommand)
      .map(({ args }) => args[0].input.Entries?.length);
    expect(sizes).toEqual([10, 2]);
  });

  it('tells of each entry of a batch what became of it, by its code', async () => {
    sqs.on(DeleteMessageBatchCommand).resolves({
      Successful: [{ Id: '0' }],
      Failed: [{ Id: '1', Code: 'ReceiptHandleIsInvalid', Message: 'no', SenderFault: true }],
    });
    const [kept, failed] = await Promise.allSettled(
      messages(2).map(async (message) => queue.delete(message)),
    );
    expect(kept?.status).toBe('fulfilled');
    expect(failed).toMatchObject({ reason: { name: 'ReceiptHandleIsInvalid', message: 'no' } });
  });

  it('sends no visibility change of a message while another of it is under way', async () => {
    const answers: (() => void)[] = [];
    sqs
      .on(ChangeMessageVisibilityBatchCommand)
      .callsFake(async () => new Promise((resolve) => answers.push(() => resolve({}))));
    const [one, other] = messages(2);
    const extended = queue.changeVisibility(one!, 12);
    await expect.poll(changesSent).toEqual([[12]]);
    const returned = queue.changeVisibility(one!, 0);
    const hidden = queue.changeVisibility(other!, 5);
    await expect.poll(changesSent).toEqual([[12], [5]]);
    for (const answer of answers) answer();
    await expect.poll(changesSent).toEqual([[12], [5], [0]]);
    for (const answer of answers) answer();
    await Promise.all([extended, returned, hidden]);
  });

  it('gives the dead-letter queue the body, the reason and a stable id, before it deletes', async () => {
    await queue.deadLetter({ ...messageIn('g', 'body'), deduplicationId: 'd' }, 'x'.repeat(2_000));
    const [send, remove] = sqs.calls().map(({ args }) => args[0]);
    expect(send?.input).toMatchObject({
      QueueUrl: 'dead',
      MessageBody: 'body',
      MessageGroupId: 'g',
      MessageDeduplicationId: 'd',
      MessageAttributes: { reason: { StringValue: 'x'.repeat(1_000) } },
    });
    expect(remove).toBeInstanceOf(DeleteMessageBatchCommand);
  });

  it('leaves out of a reason what SQS would refuse', async () => {
    await queue.deadLetter(messageIn('g', 'body'), 'unknown task "a\u0000b\u001f\uFFFE\uD800c"');
    const [send] = sqs.commandCalls(SendMessageCommand);
    const { reason } = send?.args[0].input.MessageAttributes ?? {};
    expect(reason?.StringValue).toBe('unknown task "a?b???c"');
  });

  it('does not delete what it could not put into the dead-letter queue', async () => {
    sqs.on(SendMessageCommand).rejects(new Error('no connection'));
    await expect(queue.deadLetter(messageIn('g', 'body'), 'reason')).rejects.toThrow(
      'no connection',
    );
    expect(sqs.commandCalls(DeleteMessageBatchCommand)).toEqual([]);
  });
});
