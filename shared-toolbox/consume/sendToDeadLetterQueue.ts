import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { WORKER_ATTRIBUTE } from '../contract/index.ts';
import type { ReceivedMessage } from './receivedMessage.ts';

export interface DeadLetterOptions {
  readonly sqs: SQSClient;
  readonly deadLetterQueueUrl: string;
  /** Of the queue that the message was in. Default: none. */
  readonly routingKey?: string | undefined;
}

/** Puts a copy of the message into the dead-letter queue, with the reason, and where it was, as its attributes. */
export async function sendToDeadLetterQueue(
  { sqs, deadLetterQueueUrl, routingKey }: DeadLetterOptions,
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
      MessageAttributes: {
        reason: text(reasonText(reason)),
        ...(routingKey !== undefined && { [WORKER_ATTRIBUTE]: text(routingKey) }),
      },
    }),
  );
}

function text(value: string) {
  return { DataType: 'String', StringValue: value };
}

/** Characters that SQS refuses (docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html). */
const REFUSED = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;

/** A reason may quote what came: it must not keep the message from the dead-letter queue. */
function reasonText(reason: string): string {
  return reason.slice(0, 1_000).replaceAll(REFUSED, '?');
}
