/** An HTTP answer, whole. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}

const REQUEST_ID = '00000000-0000-0000-0000-00000000dead';

/**
 * The refusal that AWS answers when it has too much to do: each service has its own error and protocol (JSON for DynamoDB
 * and SQS, XML for SNS).
 */
export function throttled(requestHeaders: Answer['headers']): Answer {
  const target = String(requestHeaders['x-amz-target'] ?? '');
  if (target.startsWith('DynamoDB')) {
    const name = 'ProvisionedThroughputExceededException';
    return json(`com.amazonaws.dynamodb.v20120810#${name}`, { 'x-amzn-errortype': name });
  }
  if (target.startsWith('AmazonSQS')) {
    // Also under its older name: docs.aws.amazon.com, SQS API reference, x-amzn-query-error.
    return json('com.amazonaws.sqs#RequestThrottled', {
      'x-amzn-query-error': 'RequestThrottled;Sender',
    });
  }
  return xml();
}

function json(type: string, headers: Readonly<Record<string, string>>): Answer {
  const body = Buffer.from(JSON.stringify({ __type: type, message: 'Rate exceeded' }));
  const basic = { 'content-type': 'application/x-amz-json-1.0', 'x-amzn-requestid': REQUEST_ID };
  return { status: 400, headers: { ...basic, ...headers }, body };
}

function xml(): Answer {
  const error =
    '<Error><Type>Sender</Type><Code>Throttling</Code><Message>Rate exceeded</Message></Error>';
  const text =
    '<ErrorResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/">' +
    `${error}<RequestId>${REQUEST_ID}</RequestId></ErrorResponse>`;
  return { status: 400, headers: { 'content-type': 'text/xml' }, body: Buffer.from(text) };
}
