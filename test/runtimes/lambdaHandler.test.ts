import type { Message } from '@aws-sdk/client-sqs';
import { LOCAL_REGION, serviceEnvironment } from '@taskfleet/infra/local';
import { createClients } from '@taskfleet/toolbox/aws';
import { systemClock } from '@taskfleet/toolbox/clock';
import { ConfigError, implement } from '@taskfleet/toolbox/contract';
import {
  createLambdaHandler,
  type InvocationContext,
  type LambdaHandler,
  lambdaHandler,
} from '@taskfleet/toolbox/lambda';
import { createLog } from '@taskfleet/toolbox/log';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { addNote, notesWorker } from '../toolbox/notesFleet.ts';
import { type NotesStack, startNotesStack } from '../toolbox/notesStack.ts';
import { receiveBatch } from './eventSourceMapping.ts';
import { sqsEvent } from './sqsEvent.ts';

let stack: NotesStack;
beforeAll(async () => {
  stack = await startNotesStack();
});
afterEach(() => vi.unstubAllEnvs());
afterAll(async () => stack.stop());

const implementation = implement(notesWorker, {
  'notes.add': ({ text }) => ({ length: text.length }),
  'notes.order': () => null,
  'notes.limited': () => null,
});

const quiet = createLog({ level: 'error', destination: { write: () => undefined } });

function contextWith(remainingMs: number): InvocationContext {
  return {
    getRemainingTimeInMillis: () => remainingMs,
    awsRequestId: 'f4f2a4a8-1b7e-4b3a-9d43-0d6c6f6c1f5e',
    logStreamName: '2026/11/21/[$LATEST]0a',
  };
}

const context = contextWith(60_000);
const source = { queueArn: 'arn:aws:sqs:eu-central-1:1:notes.fifo', region: 'eu-central-1' };

/** Schedules tasks, and receives their messages as the event of one invocation. */
async function eventOf(count: number) {
  const texts = Array.from({ length: count }, (_, i) => 'x'.repeat(i + 1));
  const handles = await Promise.all(
    texts.map(async (text) => stack.scheduler.schedule(addNote, { text })),
  );
  const ids = handles.map(({ id }) => id);
  const from = { sqs: stack.clients.sqs, queueUrl: stack.resources.queueUrl };
  const messages: Message[] = [];
  await vi.waitUntil(async () => {
    const some = await receiveBatch({ ...from, visibilitySeconds: 60 });
    // Others are left over from a test before.
    messages.push(...some.filter(({ Body = '' }) => ids.some((id) => Body.includes(id))));
    return messages.length === count;
  });
  return { ids, event: sqsEvent(messages, source) };
}

function stubEnvironment(): void {
  const { outputs, endpoints } = stack;
  const variables = {
    ...serviceEnvironment({ stage: 'local', outputs, service: 'notes' }),
    AWS_REGION: LOCAL_REGION,
    AWS_ENDPOINT_URL_SNS: endpoints.sns,
    AWS_ENDPOINT_URL_SQS: endpoints.sqs,
    AWS_ENDPOINT_URL_DYNAMODB: endpoints.dynamodb,
    AWS_ENDPOINT_URL_S3: endpoints.s3,
    TASKFLEET_LOG_LEVEL: 'error',
  };
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
}

function handler(): LambdaHandler {
  return createLambdaHandler({
    implementation,
    clients: stack.clients,
    resources: stack.resources,
    clock: systemClock,
    log: quiet,
  });
}

describe('a function made from its environment', () => {
  it('runs what an event brings, and reports nothing as failed', async () => {
    stubEnvironment();
    const { ids, event } = await eventOf(3);
    expect(await lambdaHandler(implementation)(event, context)).toEqual({ batchItemFailures: [] });
    const records = await Promise.all(ids.map(async (id) => stack.recordOf(id)));
    for (const [i, record] of records.entries()) {
      expect(record).toMatchObject({
        state: 'succeeded',
        output: { length: i + 1 },
      });
    }
  });

  it('does not start while something is missing or misspelled, and says all of it', () => {
    stubEnvironment();
    vi.stubEnv('TASKFLEET_TABEL', 'tasks');
    vi.stubEnv('TASKFLEET_TABLE', '');
    vi.stubEnv('TASKFLEET_QUEUE_URL', undefined);
    const start = () => lambdaHandler(implementation, { config: { bucketName: '' } });
    expect(start).toThrow(ConfigError);
    expect(start).toThrow(
      /TASKFLEET_TABEL: is not known.*TASKFLEET_TABLE: .*config\.bucketName: .*TASKFLEET_QUEUE_URL: /,
    );
  });
});

describe('the events of these tests', () => {
  it('have the fields that AWS documents', async () => {
    const { event } = await eventOf(1);
    const [record] = event.Records;
    expect(record).toEqual({
      messageId: expect.any(String),
      receiptHandle: expect.any(String),
      body: expect.stringContaining('notes.add'),
      attributes: {
        ApproximateReceiveCount: expect.stringMatching(/^\d+$/),
        SentTimestamp: expect.stringMatching(/^\d{13}$/),
        SequenceNumber: expect.stringMatching(/^\d{20}$/),
        MessageGroupId: expect.stringContaining('notes'),
        SenderId: expect.any(String),
        MessageDeduplicationId: expect.stringContaining('notes'),
        ApproximateFirstReceiveTimestamp: expect.stringMatching(/^\d{13}$/),
      },
      messageAttributes: {
        worker: {
          stringValue: 'notes',
          stringListValues: [],
          binaryListValues: [],
          dataType: 'String',
        },
      },
      md5OfBody: expect.stringMatching(/^[0-9a-f]{32}$/),
      eventSource: 'aws:sqs',
      eventSourceARN: source.queueArn,
      awsRegion: source.region,
    });
  });
});

describe('an invocation', () => {
  it('without messages does nothing', async () => {
    expect(await handler()({ Records: [] }, context)).toEqual({ batchItemFailures: [] });
  });

  it.each([
    { field: 'receiptHandle', reported: (id: string) => id },
    { field: 'attributes', reported: (id: string) => id },
    { field: 'body', reported: (id: string) => id },
  ] as const)('with a message that has no $field runs the others', async (given) => {
    const { event } = await eventOf(2);
    const [odd, whole] = event.Records;
    const { [given.field]: _left, ...rest } = odd!;
    // Malformed as well: else what needs no attributes would simply run.
    const Records = [{ ...rest, ...(given.field !== 'body' && { body: 'nonsense' }) }, whole];
    expect(await handler()({ Records }, context)).toEqual({
      batchItemFailures: [{ itemIdentifier: odd!.messageId }],
    });
    const { id } = JSON.parse(whole!.body!) as { id: `notes_${string}` };
    expect(await stack.recordOf(id)).toMatchObject({ state: 'succeeded' });
  });

  it('with a message without an id that is to come back keeps the whole batch', async () => {
    const { event } = await eventOf(1);
    const { messageId: _id, ...rest } = event.Records[0]!;
    const Records = [{ ...rest, receiptHandle: '' }];
    expect(await handler()({ Records }, context)).toEqual({
      batchItemFailures: [{ itemIdentifier: '' }],
    });
  });

  it('that is too short for anything fails loudly', async () => {
    const { event } = await eventOf(1);
    const invoked = handler()(event, contextWith(15_000));
    await expect(invoked).rejects.toThrow('functionTimeoutSeconds');
  });
});

describe('while the table is away', () => {
  it('claims nothing, and hides each message for longer the more often it came', async () => {
    const hidden: number[] = [];
    const endpoints = { ...stack.endpoints, dynamodb: 'http://127.0.0.1:1' };
    const clients = createClients({ region: LOCAL_REGION, endpoints });
    clients.sqs.middlewareStack.add((next) => async (args) => {
      const { Entries = [] } = args.input as { Entries?: { VisibilityTimeout?: number }[] };
      hidden.push(...Entries.map(({ VisibilityTimeout = -1 }) => VisibilityTimeout));
      return next(args);
    });
    const away = createLambdaHandler({
      implementation,
      clients,
      resources: stack.resources,
      // Nobody waits here for a table that does not come back.
      clock: { ...systemClock, sleep: async () => undefined },
      log: quiet,
      breaker: { volumeThreshold: 1, probeIntervalMs: 300_000 },
    });
    const { event } = await eventOf(1);
    const [record] = event.Records;
    const failed = { batchItemFailures: [{ itemIdentifier: record!.messageId }] };
    expect(await away(event, context)).toEqual(failed);
    const seen = async (times: number) => {
      const attributes = { ...record!.attributes, ApproximateReceiveCount: String(times) };
      return away({ Records: [{ ...record, attributes }] }, context);
    };
    expect(await seen(2)).toEqual(failed);
    expect(await seen(100)).toEqual(failed);
    // The first finds it out.
    expect(hidden).toEqual([90, 2, 90, 60, 90, 900]);
  });
});
