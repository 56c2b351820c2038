import { describe, expect, it } from 'vitest';
import { readEvent, sourceOf } from './event.ts';

const record = {
  messageId: 'm1',
  receiptHandle: 'r1',
  body: '{}',
  attributes: {
    ApproximateReceiveCount: '3',
    SentTimestamp: '1700000000000',
    SequenceNumber: '18849496460467696128',
    MessageGroupId: 'notes/a',
    SenderId: 'AIDAIENQZJOLO23YVJ4VO',
    MessageDeduplicationId: 'd1',
    ApproximateFirstReceiveTimestamp: '1700000000001',
  },
  messageAttributes: {},
  md5OfBody: '99914b932bd37a50b983c5e7c90ae93b',
  eventSource: 'aws:sqs',
  eventSourceARN: 'arn:aws:sqs:eu-central-1:123456789012:taskfleet-prod-notes.fifo',
  awsRegion: 'eu-central-1',
};

const read = {
  messageId: 'm1',
  receiptHandle: 'r1',
  body: '{}',
  groupId: 'notes/a',
  deduplicationId: 'd1',
  receiveCount: 3,
};

describe('an SQS event', () => {
  it('says which queue it is from, or nothing', () => {
    expect(sourceOf({ Records: [record] })).toBe(record.eventSourceARN);
    for (const event of [{ Records: [{}] }, {}, null]) expect(sourceOf(event)).toBe('');
  });

  it('has the messages of a batch, in their order', () => {
    const second = { ...record, messageId: 'm2' };
    expect(readEvent({ Records: [record, second] })).toEqual([read, { ...read, messageId: 'm2' }]);
  });

  it.each([{ Records: [] }, {}, { Records: null }, null, undefined, 'text', 1])(
    'may be empty: %j',
    (event) => {
      expect(readEvent(event)).toEqual([]);
    },
  );

  it.each([
    ['messageId', { messageId: '' }],
    ['receiptHandle', { receiptHandle: '' }],
    ['body', { body: '' }],
    ['attributes', { groupId: '', deduplicationId: '', receiveCount: 1 }],
    ['messageAttributes', {}],
  ] as const)('may lack %s in one of its messages', (field, without) => {
    const { [field]: _left, ...rest } = record;
    expect(readEvent({ Records: [rest, record] })).toEqual([{ ...read, ...without }, read]);
  });

  it.each([null, 1, 'text', []])('may have %j for a message', (odd) => {
    const [first, second] = readEvent({ Records: [odd, record] });
    expect(first).toMatchObject({ messageId: '', receiptHandle: '', body: '', groupId: '' });
    expect(second).toEqual(read);
  });
});
