import { ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { type ReceivedMessage, receivedMessage } from './receivedMessage.ts';
import type { SettlingQueue } from './settlingQueue.ts';
import { RECEIPTS_PER_BATCH, sqsSettling, type SqsSettlingOptions } from './sqsSettling.ts';

/** What a consumer needs of a queue. Rejections carry the queue's error code as their name. */
export interface QueueClient extends SettlingQueue {
  /** Waits for messages, at most the poll time, or fewer seconds; an empty array is an answer. At most ten at once. */
  receive(maximum: number, waitSeconds?: number): Promise<ReceivedMessage[]>;
}

export interface SqsQueueOptions extends SqsSettlingOptions {
  readonly leaseSeconds: number;
  readonly pollSeconds: number;
}

/** A FIFO queue with deletes and visibility changes in batches of ten. */
export function sqsQueue(options: SqsQueueOptions): QueueClient {
  const { pollSeconds } = options;
  return {
    ...sqsSettling(options),
    receive: async (maximum, waitSeconds = pollSeconds) =>
      receive({ ...options, pollSeconds: Math.min(pollSeconds, waitSeconds) }, maximum),
  };
}

async function receive(options: SqsQueueOptions, maximum: number): Promise<ReceivedMessage[]> {
  const { Messages = [] } = await options.sqs.send(
    new ReceiveMessageCommand({
      QueueUrl: options.queueUrl,
      MaxNumberOfMessages: Math.min(RECEIPTS_PER_BATCH, maximum),
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
