import type { Message, MessageAttributeValue } from '@aws-sdk/client-sqs';

/** A message as it came from a dead-letter queue. */
export interface DeadMessage {
  readonly messageId: string;
  readonly receiptHandle: string;
  readonly body: string;
  readonly groupId: string;
  /** Milliseconds since 1970. */
  readonly sentAt: number;
  /** Digits that grow within the queue. */
  readonly sequence: string;
  readonly attributes: Readonly<Record<string, MessageAttributeValue>>;
}

export function deadMessage(message: Message): DeadMessage {
  const { MessageId = '', ReceiptHandle = '', Body = '', Attributes = {} } = message;
  return {
    messageId: MessageId,
    receiptHandle: ReceiptHandle,
    body: Body,
    groupId: Attributes.MessageGroupId ?? '',
    sentAt: Number(Attributes.SentTimestamp ?? 0),
    sequence: Attributes.SequenceNumber ?? '0',
    attributes: message.MessageAttributes ?? {},
  };
}
