import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { ListTopicsCommand, SNSClient } from '@aws-sdk/client-sns';
import { ListQueuesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterEach, describe, expect, it } from 'vitest';
import { seededRandom } from '../seededRandom.ts';
import type { LinkFaultKind } from './linkFault.ts';
import { type Link, openLink } from './openLink.ts';

describe('a link', () => {
  const closing: (() => void)[] = [];
  afterEach(() => closing.splice(0).forEach((close) => close()));

  /** A link to a service that counts what arrives. */
  async function linked() {
    let arrived = 0;
    const server = createServer((_request, response) => response.end(`answer ${(arrived += 1)}`));
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const { port } = server.address() as AddressInfo;
    const link = await openLink(new URL(`http://127.0.0.1:${port}`), seededRandom('link'));
    closing.push(
      link.close,
      () => server.close(),
      () => server.closeAllConnections(),
    );
    return { link, arrived: () => arrived };
  }

  const ask = async ({ endpoint }: Link) => {
    const response = await fetch(endpoint, { method: 'POST', body: 'question' });
    return `${response.status} ${await response.text()}`;
  };
  const fault = (kind: LinkFaultKind, ms = 20) => ({ kind, ms, rate: 1 });

  it('passes everything on, and again once a fault is over', async () => {
    const { link } = await linked();
    expect(await ask(link)).toBe('200 answer 1');
    link.suffer(fault('reset'))();
    expect(await ask(link)).toBe('200 answer 2');
  });

  it.each([
    { kind: 'slowRequest', answer: '200 answer 1', arrives: 1 },
    { kind: 'slowAnswer', answer: '200 answer 1', arrives: 1 },
    { kind: 'serverError', answer: '500 ', arrives: 0 },
    { kind: 'duplicate', answer: '200 answer 2', arrives: 2 },
    { kind: 'reset', answer: 'broken', arrives: 0 },
    { kind: 'lostAnswer', answer: 'broken', arrives: 1 },
    { kind: 'halfOpen', answer: 'broken', arrives: 0 },
  ] as const)('$kind: $arrives arrive', async ({ kind, answer, arrives }) => {
    const { link, arrived } = await linked();
    link.suffer(fault(kind));
    expect(await ask(link).catch(() => 'broken')).toBe(answer);
    expect(arrived()).toBe(arrives);
  });

  it('lets a late duplicate arrive after the answer', async () => {
    const { link, arrived } = await linked();
    link.suffer(fault('lateDuplicate', 50));
    expect(await ask(link)).toBe('200 answer 1');
    await expect.poll(arrived).toBe(2);
  });

  it('throttles in the words of each service, so that its SDK knows them', async () => {
    const { link } = await linked();
    link.suffer(fault('throttle'));
    const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
    const settings = { endpoint: link.endpoint, region: 'us-east-1', credentials, maxAttempts: 1 };
    const refusals = [
      new SQSClient(settings).send(new ListQueuesCommand()),
      new SNSClient(settings).send(new ListTopicsCommand()),
      new DynamoDBClient(settings).send(new ListTablesCommand()),
    ].map(async (asking) => asking.then(String, ({ name }: Error) => name));
    expect(await Promise.all(refusals)).toEqual([
      'RequestThrottled',
      'Throttling',
      'ProvisionedThroughputExceededException',
    ]);
  });
});
