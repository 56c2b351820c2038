import {
  type BatchResultErrorEntry,
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageBatchCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { Coalescer, type Sent } from '../aws/index.ts';
import type { ReceivedMessage } from './receivedMessage.ts';
import { sendToDeadLetterQueue } from './sendToDeadLetterQueue.ts';
import type { SettlingQueue } from './settlingQueue.ts';

export interface SqsSettlingOptions {
  readonly sqs: SQSClient;
  readonly queueUrl: string;
  readonly deadLetterQueueUrl: string;
  /** Of the queue: what is dead is to find its way back. Default: none, for a service with one queue that filters nothing. */
  readonly routingKey?: string | undefined;
}

/** SQS's limit for a receive and for a batch (docs.aws.amazon.com, SQS message quotas). */
export const RECEIPTS_PER_BATCH = 10;

/** Deletes and visibility changes of a FIFO queue, in batches of ten. */
export function sqsSettling(options: SqsSettlingOptions): SettlingQueue {
  const deletes = new Coalescer({
    maxEntries: RECEIPTS_PER_BATCH,
    send: async (messages: readonly ReceivedMessage[]) => sendDeletes(options, messages),
  });
  const changes = new Coalescer({
    maxEntries: RECEIPTS_PER_BATCH,
    // An extension that is still under way must not arrive after the change that ends the lease.
    laneOf: ({ message }: VisibilityChange) => message.receiptHandle,
    send: async (entries: readonly VisibilityChange[]) => sendChanges(options, entries),
  });
  return {
    delete: async (message) => deletes.add(message),
    changeVisibility: async (message, seconds) => changes.add({ message, seconds }),
    deadLetter: async (message, reason) => {
      await sendToDeadLetterQueue(options, message, reason);
      await deletes.add(message);
    },
  };
}

async function sendDeletes(
  { sqs, queueUrl }: SqsSettlingOptions,
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
  { sqs, queueUrl }: SqsSettlingOptions,
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
