import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { ReceivedMessage } from './receivedMessage.ts';

export interface DeadLetterOptions {
  readonly sqs: SQSClient;
  readonly deadLetterQueueUrl: string;
}

/** Puts a copy of the message into the dead-letter queue, with the reason as its attribute. */
export async function sendToDeadLetterQueue(
  { sqs, deadLetterQueueUrl }: DeadLetterOptions,
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
