import { GetQueueAttributesCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { Priority } from '@taskfleet/toolbox/contract';
import type { QueuePair } from '../deadLetters/index.ts';

export interface MessageCounts {
  readonly visible: number;
  readonly inFlight: number;
  readonly delayed: number;
}

/** What is in a queue. SQS counts nearly: what was sent or received in the last moment may be missing. */
export async function countMessages(
  sqs: SQSClient,
  QueueUrl: string,
  abortSignal?: AbortSignal,
): Promise<MessageCounts> {
  const { Attributes: counts = {} } = await sqs.send(
    new GetQueueAttributesCommand({
      QueueUrl,
      AttributeNames: [
        'ApproximateNumberOfMessages',
        'ApproximateNumberOfMessagesNotVisible',
        'ApproximateNumberOfMessagesDelayed',
      ],
    }),
    abortSignal === undefined ? {} : { abortSignal },
  );
  return {
    visible: Number(counts['ApproximateNumberOfMessages'] ?? 0),
    inFlight: Number(counts['ApproximateNumberOfMessagesNotVisible'] ?? 0),
    delayed: Number(counts['ApproximateNumberOfMessagesDelayed'] ?? 0),
  };
}

/** Dead letters, also those that the watcher has filed, and hides. */
export async function countDeadLetters(
  sqs: SQSClient,
  { deadLetterQueueUrl }: QueuePair,
  abortSignal?: AbortSignal,
): Promise<number> {
  const { visible, inFlight, delayed } = await countMessages(sqs, deadLetterQueueUrl, abortSignal);
  return visible + inFlight + delayed;
}

/** A service's queues, but for its dead letters. */
export function urlsOf({
  queueUrl,
  highQueueUrl,
  lowQueueUrl,
}: QueuePair): readonly (readonly [Priority, string])[] {
  const all = { high: highQueueUrl, normal: queueUrl, low: lowQueueUrl } as const;
  return Object.entries(all).filter((entry): entry is [Priority, string] => entry[1] !== undefined);
}
