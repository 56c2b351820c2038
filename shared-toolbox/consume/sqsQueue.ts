import {
  type BatchResultErrorEntry,
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageBatchCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { Coalescer, type Sent } from '../aws/index.ts';
import { type ReceivedMessage, receivedMessage } from './receivedMessage.ts';

/** What a consumer needs of a queue. Rejections carry the queue's error code as their name. */
export interface QueueClient {
  /** Waits for messages, at most the poll time; an empty array is an answer. At most ten at once. */
  receive(maximum: number): Promise<ReceivedMessage[]>;
  delete(message: ReceivedMessage): Promise<void>;
  /** Hides the message for so many seconds from now on; 0 makes it visible at once. */
  changeVisibility(message: ReceivedMessage, seconds: number): Promise<void>;
  /** Puts the message into the dead-letter queue with a reason, and deletes it here. */
  deadLetter(message: ReceivedMessage, reason: string): Promise<void>;
}

export interface SqsQueueOptions {
  readonly sqs: SQSClient;
  readonly queueUrl: string;
  readonly deadLetterQueueUrl: string;
  readonly leaseSeconds: number;
  readonly pollSeconds: number;
}

/** SQS's limit for a receive and for a batch (docs.aws.amazon.com, SQS message quotas). */
const BATCH = 10;

/** A FIFO queue with deletes and visibility changes in batches of ten. */
export function sqsQueue(options: SqsQueueOptions): QueueClient {
  const deletes = new Coalescer({
    maxEntries: BATCH,
    send: async (messages: readonly ReceivedMessage[]) => sendDeletes(options, messages),
  });
  const changes = new Coalescer({
    maxEntries: BATCH,
    // An extension that is still under way must not arrive after the change that ends the lease.
    laneOf: ({ message }: VisibilityChange) => message.receiptHandle,
    send: async (entries: readonly VisibilityChange[]) => sendChanges(options, entries),
  });
  return {
    receive: async (maximum) => receive(options, maximum),
    delete: async (message) => deletes.add(message),
    changeVisibility: async (message, seconds) => changes.add({ message, seconds }),
    deadLetter: async (message, reason) => {
      await sendToDeadLetterQueue(options, message, reason);
      await deletes.add(message);
    },
  };
}

async function receive(options: SqsQueueOptions, maximum: number): Promise<ReceivedMessage[]> {
  const { Messages = [] } = await options.sqs.send(
    new ReceiveMessageCommand({
      QueueUrl: options.queueUrl,
      MaxNumberOfMessages: Math.min(BATCH, maximum),
      WaitTimeSeconds: options.pollSeconds,
      VisibilityTimeout: options.leaseSeconds,
      MessageSystemAttributeNames: [
        'ApproximateReceiveCount',
        'MessageGroupId',
        'MessageDeduplicationId',
      ],
    }),
  );
  return Messages.map(receivedMessage);
}

async function sendDeletes(
  { sqs, queueUrl }: SqsQueueOptions,
  messages: readonly ReceivedMessage[],
): Promise<Sent<void>[]> {
  const { Failed } = await sqs.send(
    new DeleteMessageBatchCommand({
      QueueUrl: queueUrl,
      Entries: messages.map(({ receiptHandle }, i) => ({
        Id: String(i),
        ReceiptHandle: receiptHandle,
      })),
    }),
  );
  return outcomes(messages.length, Failed);
}

interface VisibilityChange {
  readonly message: ReceivedMessage;
  readonly seconds: number;
}

async function sendChanges(
  { sqs, queueUrl }: SqsQueueOptions,
  changes: readonly VisibilityChange[],
): Promise<Sent<void>[]> {
  const { Failed } = await sqs.send(
    new ChangeMessageVisibilityBatchCommand({
      QueueUrl: queueUrl,
      Entries: changes.map(({ message, seconds }, i) => ({
        Id: String(i),
        ReceiptHandle: message.receiptHandle,
        VisibilityTimeout: seconds,
      })),
    }),
  );
  return outcomes(changes.length, Failed);
}

/** A batch answers with HTTP 200 even when entries failed: each gets its own outcome. */
function outcomes(count: number, failed: readonly BatchResultErrorEntry[] = []): Sent<void>[] {
  const errors = new Map(failed.map((entry) => [entry.Id, entry]));
  return Array.from({ length: count }, (_, i) => {
    const entry = errors.get(String(i));
    if (!entry) return { ok: true, value: undefined };
    const error = new Error(entry.Message ?? entry.Code);
    error.name = entry.Code ?? 'BatchEntryFailed';
    return { ok: false, error };
  });
}

async function sendToDeadLetterQueue(
  { sqs, deadLetterQueueUrl }: SqsQueueOptions,
  { body, groupId, deduplicationId }: ReceivedMessage,
  reason: string,
): Promise<void> {
  await sqs.send(
    new SendMessageCommand({
      QueueUrl: deadLetterQueueUrl,
      MessageBody: body,
      MessageGroupId: groupId,
      // The same id again within five minutes is no second message, should this process die before the delete.
      MessageDeduplicationId: deduplicationId,
      MessageAttributes: { reason: { DataType: 'String', StringValue: reasonText(reason) } },
    }),
  );
}

/** Characters that SQS refuses (docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html). */
const REFUSED = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;

/** A reason may quote what came: it must not keep the message from the dead-letter queue. */
function reasonText(reason: string): string {
  return reason.slice(0, 1_000).replaceAll(REFUSED, '?');
}
