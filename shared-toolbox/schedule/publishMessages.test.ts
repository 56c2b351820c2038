import { PublishBatchCommand, SNSClient } from '@aws-sdk/client-sns';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { defineTask, parseMessage, PublishError } from '../contract/index.ts';
import { manualClock } from '../testing/manualClock.ts';
import { createScheduler } from './index.ts';

const note = defineTask('notes.add', {
  input: z.object({ text: z.string() }),
  output: z.null(),
  group: ({ text }) => text.slice(0, 1),
});
const sns = mockClient(SNSClient);
const { schedule } = createScheduler({
  sns: new SNSClient({ region: 'us-east-1' }),
  topicArn: 'arn:aws:sns:us-east-1:1:tasks.fifo',
  table: { dynamodb: new DynamoDBClient({ region: 'us-east-1' }), tableName: 'tasks' },
  clock: manualClock(),
});

beforeEach(() => {
  sns.on(PublishBatchCommand).resolves({});
});
afterEach(() => sns.reset());

function requests() {
  return sns
    .commandCalls(PublishBatchCommand)
    .map(({ args }) => args[0].input.PublishBatchRequestEntries ?? []);
}

async function scheduleAll(...texts: string[]) {
  return Promise.allSettled(texts.map(async (text) => schedule(note, { text })));
}

it('gives a priority to the topic with the worker', async () => {
  const alert = defineTask('notes.alert', {
    input: z.null(),
    output: z.null(),
    priority: 'low',
  });
  await Promise.all([schedule(alert, null), schedule(alert, null, { priority: 'high' })]);
  const keys = requests()[0]?.map(({ MessageAttributes }) => MessageAttributes?.['worker']);
  expect(keys).toMatchObject([{ StringValue: 'notes.low' }, { StringValue: 'notes.high' }]);
});

describe('a publish with faults', () => {
  it('tells the caller of a failed entry, and only that one', async () => {
    sns.on(PublishBatchCommand).resolves({
      Failed: [{ Id: '1', Code: 'InternalError', Message: 'try again', SenderFault: false }],
    });
    const [first, second, third] = await scheduleAll('a', 'b', 'c');
    expect([first?.status, third?.status]).toEqual(['fulfilled', 'fulfilled']);
    const { reason } = second as PromiseRejectedResult;
    expect(reason).toBeInstanceOf(PublishError);
    expect(String(reason)).toMatch(
      /UnavailableError: task notes_[0-9a-f]{32} was not scheduled: try again/,
    );
  });

  it('tells everybody when the request failed, each with its own id', async () => {
    const cause = Object.assign(new Error(''), { name: 'ThrottlingException' });
    sns.on(PublishBatchCommand).rejects(cause);
    const outcomes = await scheduleAll('a', 'b');
    const errors = outcomes.map(
      (outcome) => (outcome as PromiseRejectedResult).reason as PublishError,
    );
    expect(new Set(errors.map(({ id }) => id)).size).toBe(2);
    expect(errors.map(({ message }) => message).join()).toContain('ThrottlingException');
    expect(errors[0]?.cause).toBe(cause);
  });

  it('sends the task id for deduplication, the worker for filtering, and the group', async () => {
    await scheduleAll('apple');
    const [entry] = requests()[0]!;
    const parsed = parseMessage(entry?.Message ?? '');
    expect(parsed.ok && parsed.value.id).toBe(entry?.MessageDeduplicationId);
    expect(entry).toMatchObject({
      MessageGroupId: 'notes:a',
      MessageAttributes: { worker: { DataType: 'String', StringValue: 'notes' } },
    });
  });

  it('never has two tasks of a group under way in two requests', async () => {
    const answers: (() => void)[] = [];
    sns
      .on(PublishBatchCommand)
      .callsFake(async () => new Promise((resolve) => answers.push(() => resolve({}))));
    const first = scheduleAll('a1');
    await expect.poll(requests).toHaveLength(1);
    const rest = scheduleAll('a2', 'b1');
    await expect.poll(requests).toHaveLength(2);
    expect(requests()[1]?.map(({ MessageGroupId }) => MessageGroupId)).toEqual(['notes:b']);
    for (const answer of answers) answer();
    await expect.poll(requests).toHaveLength(3);
    for (const answer of answers) answer();
    await Promise.all([first, rest]);
  });
});
