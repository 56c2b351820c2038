import { z } from 'zod';
import { type ReceivedMessage, receivedMessage } from '../../consume/index.ts';

/** What Lambda calls the function with beside the event: the part of its context that is needed. */
export interface InvocationContext {
  /** Milliseconds until Lambda ends the invocation, whatever it is doing. */
  readonly getRemainingTimeInMillis: () => number;
  readonly awsRequestId: string;
  /** Names the execution environment. */
  readonly logStreamName: string;
}

/** Messages that stay in the queue. Needs `ReportBatchItemFailures` on the event source mapping, or all of them are deleted. */
export interface BatchResponse {
  readonly batchItemFailures: { readonly itemIdentifier: string }[];
}

/** A message as the event source mapping hands it over. */
export interface BatchMessage extends ReceivedMessage {
  /** SQS's own id, by which a failure is reported. Empty when the event had none: Lambda then keeps the whole batch. */
  readonly messageId: string;
}

const text = z.string().catch('');

/** Nothing of anything: what is missing is refused when it is needed, and an odd message does not take its batch with it. */
const NO_ATTRIBUTES = {
  ApproximateReceiveCount: '1',
  MessageGroupId: '',
  MessageDeduplicationId: '',
};
const NO_RECORD = {
  messageId: '',
  receiptHandle: '',
  body: '',
  eventSourceARN: '',
  attributes: NO_ATTRIBUTES,
};

const recordSchema = z
  .object({
    messageId: text,
    receiptHandle: text,
    body: text,
    eventSourceARN: text,
    attributes: z
      .object({
        ApproximateReceiveCount: z.string().catch('1'),
        MessageGroupId: text,
        MessageDeduplicationId: text,
      })
      .catch(NO_ATTRIBUTES),
  })
  .catch(NO_RECORD);

const eventSchema = z.object({ Records: z.array(recordSchema).catch([]) }).catch({ Records: [] });

/** The messages of an SQS event (docs.aws.amazon.com/lambda/latest/dg/with-sqs.html), in the order received. */
export function readEvent(event: unknown): BatchMessage[] {
  return eventSchema.parse(event).Records.map(batchMessage);
}

/** The ARN of the queue that an event's messages are from, of which each has one. Empty when it does not say. */
export function sourceOf(event: unknown): string {
  return eventSchema.parse(event).Records[0]?.eventSourceARN ?? '';
}

function batchMessage(record: z.output<typeof recordSchema>): BatchMessage {
  const { messageId, receiptHandle, body, attributes } = record;
  const received = { Body: body, ReceiptHandle: receiptHandle, Attributes: attributes };
  return { ...receivedMessage(received), messageId };
}
