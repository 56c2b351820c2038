import type { Message } from '@aws-sdk/client-sqs';

export interface EventOptions {
  readonly queueArn: string;
  readonly region: string;
}

/** The event of an event source mapping, its fields as AWS documents them (docs.aws.amazon.com/lambda/latest/dg/with-sqs.html). */
export function sqsEvent(messages: readonly Message[], { queueArn, region }: EventOptions) {
  const Records = messages.map((message) => ({
    messageId: message.MessageId,
    receiptHandle: message.ReceiptHandle,
    body: message.Body,
    attributes: message.Attributes,
    messageAttributes: Object.fromEntries(
      Object.entries(message.MessageAttributes ?? {}).map(([name, { StringValue, DataType }]) => [
        name,
        {
          stringValue: StringValue,
          stringListValues: [],
          binaryListValues: [],
          dataType: DataType,
        },
      ]),
    ),
    md5OfBody: message.MD5OfBody,
    eventSource: 'aws:sqs',
    eventSourceARN: queueArn,
    awsRegion: region,
  }));
  // Lambda hands over JSON: nothing of the SDK's objects comes through.
  return JSON.parse(JSON.stringify({ Records })) as { Records: typeof Records };
}
