import { GetQueueAttributesCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { Priority } from '../../../contract/index.ts';
import { look, type Seen } from '../seen.ts';

/** Attributes of a queue, topic or subscription, as AWS gives them. */
export type Attributes = Readonly<Record<string, string>>;

/** Addresses of one service's queues. */
export interface QueueAddresses {
  readonly queueUrl: string;
  readonly deadLetterQueueUrl: string;
  /** Of a worker with priorities. */
  readonly highQueueUrl?: string | undefined;
  readonly lowQueueUrl?: string | undefined;
}

/** The queues of a service. */
export interface ServiceSeen extends QueueAddresses {
  readonly queue: Seen<Attributes>;
  readonly deadLetters: Seen<Attributes>;
  readonly high?: Seen<Attributes> | undefined;
  readonly low?: Seen<Attributes> | undefined;
}

export async function observeService(
  sqs: SQSClient,
  addresses: QueueAddresses,
): Promise<ServiceSeen> {
  const { queueUrl, deadLetterQueueUrl, highQueueUrl, lowQueueUrl } = addresses;
  const [queue, deadLetters, high, low] = await Promise.all([
    observeQueue(sqs, queueUrl),
    observeQueue(sqs, deadLetterQueueUrl),
    highQueueUrl === undefined ? undefined : observeQueue(sqs, highQueueUrl),
    lowQueueUrl === undefined ? undefined : observeQueue(sqs, lowQueueUrl),
  ]);
  return { ...addresses, queue, deadLetters, high, low };
}

/** One of a service's queues; undefined for one that the stage does not have. */
export function queueFor(
  { queueUrl, highQueueUrl, lowQueueUrl, queue, high, low }: ServiceSeen,
  priority: Priority,
): { readonly queueUrl: string; readonly queue: Seen<Attributes> } | undefined {
  const urls = { high: highQueueUrl, normal: queueUrl, low: lowQueueUrl };
  const [url, seen] = [urls[priority], { high, normal: queue, low }[priority]];
  return url === undefined || seen === undefined ? undefined : { queueUrl: url, queue: seen };
}

export async function observeQueue(sqs: SQSClient, QueueUrl: string): Promise<Seen<Attributes>> {
  const command = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] });
  return look(async () => (await sqs.send(command)).Attributes ?? {});
}
