import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { PublishBatchCommand, SNSClient } from '@aws-sdk/client-sns';
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { DefinitionError, TooLargeError } from '../errors.ts';
import { isOutage } from './index.ts';

/** What the real SDK throws when a server of this process answers so. */
async function thrownWhen(answer: RequestListener, send = publish): Promise<unknown> {
  const server = createServer(answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  try {
    return await send(`http://127.0.0.1:${port}`).catch((error: unknown) => error);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
const settings = { region: 'us-east-1', credentials, maxAttempts: 1 };

async function publish(endpoint: string): Promise<unknown> {
  const sns = new SNSClient({
    ...settings,
    endpoint,
    requestHandler: { requestTimeout: 100, throwOnRequestTimeout: true },
  });
  const entries = [{ Id: '0', Message: 'm' }];
  return sns.send(
    new PublishBatchCommand({ TopicArn: 'arn', PublishBatchRequestEntries: entries }),
  );
}

async function read(endpoint: string): Promise<unknown> {
  const dynamodb = new DynamoDBClient({ ...settings, endpoint });
  return dynamodb.send(new GetItemCommand({ TableName: 't', Key: { pk: { S: 'k' } } }));
}

/** An answer in the words of SNS and SQS's query protocol. */
function xml(status: number, code: string): RequestListener {
  return (_request, response) => {
    response.writeHead(status, { 'content-type': 'text/xml' });
    response.end(
      `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>m</Message></Error></ErrorResponse>`,
    );
  };
}

function json(status: number, type: string): RequestListener {
  return (_request, response) => {
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' });
    response.end(JSON.stringify({ __type: `com.amazonaws.dynamodb.v20120810#${type}` }));
  };
}

const page: RequestListener = (_request, response) => {
  response.writeHead(502, { 'content-type': 'text/html' }).end('<p>Bad Gateway');
};

describe('an outage', () => {
  it.each<[string, RequestListener]>([
    ['a server error', xml(500, 'InternalFailure')],
    ['a service that says it is away', xml(503, 'ServiceUnavailable')],
    ["a gateway's error page", page],
    ['throttling', xml(400, 'Throttling')],
    ['throttling by status', xml(429, 'Whatever')],
    ['a cut connection', (request) => request.socket.destroy()],
    ['no answer', () => undefined],
  ])('is %s', async (_what, answer) => {
    expect(isOutage(await thrownWhen(answer))).toBe(true);
  });

  it('is a table without capacity', async () => {
    const thrown = await thrownWhen(json(400, 'ProvisionedThroughputExceededException'), read);
    expect(isOutage(thrown)).toBe(true);
  });

  it('is a connection that does not come about', async () => {
    const thrown = await publish('http://127.0.0.1:1').catch((error: unknown) => error);
    expect(isOutage(thrown)).toBe(true);
  });
});

describe('no outage', () => {
  it.each<[string, RequestListener]>([
    ['a parameter that is refused', xml(400, 'InvalidParameter')],
    ['a missing right', xml(403, 'AuthorizationError')],
    ['a topic that does not exist', xml(404, 'NotFound')],
  ])('is %s', async (_what, answer) => {
    expect(isOutage(await thrownWhen(answer))).toBe(false);
  });

  it('is a condition that does not hold', async () => {
    const thrown = await thrownWhen(json(400, 'ConditionalCheckFailedException'), read);
    expect(isOutage(thrown)).toBe(false);
  });

  it.each([
    new TooLargeError('the task', 2, 1),
    new DefinitionError('task', ['wrong']),
    new TypeError('x is not a function'),
  ])('is a mistake of this program: %s', (error) => {
    expect(isOutage(error)).toBe(false);
  });
});
