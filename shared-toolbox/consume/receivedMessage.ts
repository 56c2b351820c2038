import type { Message } from '@aws-sdk/client-sqs';

/** A message as it came from the queue. */
export interface ReceivedMessage {
  readonly body: string;
  readonly receiptHandle: string;
  /** `MessageGroupId`: messages of one group are handled one at a time, in order. */
  readonly groupId: string;
  /** The broker's own deduplication id; it stays inside the consumer. */
  readonly deduplicationId: string;
  /** 1 on the first receive. */
  readonly receiveCount: number;
}

export function receivedMessage({ Body, ReceiptHandle, Attributes }: Message): ReceivedMessage {
  return {
    body: Body ?? '',
    receiptHandle: ReceiptHandle ?? '',
    groupId: Attributes?.MessageGroupId ?? '',
    deduplicationId: Attributes?.MessageDeduplicationId ?? '',
    receiveCount: Number(Attributes?.ApproximateReceiveCount ?? 1),
  };
}
