import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { type DeadMessage, deadMessage } from './deadMessage.ts';
import { type Letter, LETTER_ATTRIBUTES } from './letter.ts';

/** Long enough to record ten messages; what a killed watcher had in hand is seen again after this. */
const IN_HAND_SECONDS = 30;

/** Waits for messages that nobody has in hand. */
export async function receiveDead(
  sqs: SQSClient,
  queueUrl: string,
  pollSeconds: number,
): Promise<DeadMessage[]> {
  const { Messages = [] } = await sqs.send(
    new ReceiveMessageCommand({
      QueueUrl: queueUrl,
      MaxNumberOfMessages: 10,
      WaitTimeSeconds: pollSeconds,
      VisibilityTimeout: IN_HAND_SECONDS,
      MessageAttributeNames: ['All'],
      MessageSystemAttributeNames: ['MessageGroupId', 'SentTimestamp', 'SequenceNumber'],
    }),
  );
  return Messages.map(deadMessage);
}

/** Hides a message that was received, for so many seconds; 0 shows it again. */
export async function hide(
  sqs: SQSClient,
  queueUrl: string,
  { receiptHandle, seconds }: { readonly receiptHandle: string; readonly seconds: number },
): Promise<void> {
  await sqs.send(
    new ChangeMessageVisibilityCommand({
      QueueUrl: queueUrl,
      ReceiptHandle: receiptHandle,
      VisibilityTimeout: seconds,
    }),
  );
}

export async function remove(
  sqs: SQSClient,
  queueUrl: string,
  receiptHandle: string,
): Promise<void> {
  await sqs.send(new DeleteMessageCommand({ QueueUrl: queueUrl, ReceiptHandle: receiptHandle }));
}

/** Sends the letter back into its dead-letter queue under a group of its own, with what the first copy said by its place. */
export async function sendAlone(
  sqs: SQSClient,
  queueUrl: string,
  letter: Letter & { readonly reason: string },
): Promise<void> {
  const { reason, group, place } = LETTER_ATTRIBUTES;
  await sqs.send(
    new SendMessageCommand({
      QueueUrl: queueUrl,
      MessageBody: letter.body,
      MessageGroupId: letter.id,
      // The same copy once more within five minutes is no second letter.
      MessageDeduplicationId: letter.messageId,
      MessageAttributes: {
        ...letter.attributes,
        [reason]: text(letter.reason),
        [group]: text(letter.groupId),
        [place]: text(letter.place),
      },
    }),
  );
}

/**
 * Sends the letter back to where it came from: the same body in the same group. The task's id would be dropped as a duplicate
 * within five minutes of scheduling; the letter's own id is another each time that the task dies.
 */
export async function sendBack(sqs: SQSClient, queueUrl: string, letter: Letter): Promise<void> {
  await sqs.send(
    new SendMessageCommand({
      QueueUrl: queueUrl,
      MessageBody: letter.body,
      MessageGroupId: letter.groupId,
      MessageDeduplicationId: letter.messageId,
      MessageAttributes: { ...letter.attributes },
    }),
  );
}

function text(value: string) {
  return { DataType: 'String', StringValue: value };
}
