import { GetQueueAttributesCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { look, type Seen } from '../seen.ts';

/** Attributes of a queue, topic or subscription, as AWS gives them. */
export type Attributes = Readonly<Record<string, string>>;

/** Addresses of one service's two queues. */
export interface QueueAddresses {
  readonly queueUrl: string;
  readonly deadLetterQueueUrl: string;
}

/** The two queues of a service. */
export interface ServiceSeen extends QueueAddresses {
  readonly queue: Seen<Attributes>;
  readonly deadLetters: Seen<Attributes>;
}

export async function observeService(
  sqs: SQSClient,
  addresses: QueueAddresses,
): Promise<ServiceSeen> {
  const [queue, deadLetters] = await Promise.all([
    observeQueue(sqs, addresses.queueUrl),
    observeQueue(sqs, addresses.deadLetterQueueUrl),
  ]);
  return { ...addresses, queue, deadLetters };
}

export async function observeQueue(sqs: SQSClient, QueueUrl: string): Promise<Seen<Attributes>> {
  const command = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] });
  return look(async () => (await sqs.send(command)).Attributes ?? {});
}
