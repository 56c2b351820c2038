import { DeleteMessageCommand, ReceiveMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { parseMessage } from '@taskfleet/toolbox/contract';
import type { DeadLetter } from '../check/facts.ts';

/** More than any run has. */
const MOST_READS = 200;

/** Empties a dead-letter queue: a message at a time, because a group gives its next only when one is gone. */
export async function readDeadLetters(
  sqs: SQSClient,
  queue: string,
  QueueUrl: string,
): Promise<DeadLetter[]> {
  const letters: DeadLetter[] = [];
  for (let i = 0; i < MOST_READS; i += 1) {
    const { Messages: [message] = [] } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl, MessageAttributeNames: ['All'], WaitTimeSeconds: 0 }),
    );
    if (!message) return letters;
    const parsed = parseMessage(message.Body ?? '');
    const id = parsed.ok ? parsed.value.id : undefined;
    letters.push({ queue, id, reason: message.MessageAttributes?.['reason']?.StringValue });
    const { ReceiptHandle } = message;
    await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
  }
  return letters;
}
