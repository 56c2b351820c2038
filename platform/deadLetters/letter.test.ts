import { describe, expect, it } from 'vitest';
import type { DeadMessage } from './deadMessage.ts';
import { diedAt, readLetter } from './letter.ts';

const taskId = 'echo_0199c2f4a7b87d0e9c5b1a2f3e4d5c6b';

function message(given: Partial<DeadMessage>): DeadMessage {
  return {
    messageId: 'm',
    receiptHandle: 'r',
    body: 'garbage',
    groupId: 'g',
    sentAt: 1_700_000_000_000,
    sequence: '7',
    attributes: {},
    ...given,
  };
}

const text = (StringValue: string) => ({ DataType: 'String', StringValue });

describe('a letter', () => {
  it('has the id of its task, however little of the message can be read', () => {
    const body = JSON.stringify({ v: 9, id: taskId, task: 'echo.say', createdAt: 'yesterday' });
    const letter = readLetter('echo', message({ body }));
    expect(letter).toMatchObject({ id: taskId, taskId, task: 'echo.say', isReadable: false });
    expect(letter.createdAt).toBeUndefined();
  });

  it.each([
    ['of another worker', 'email'],
    ['of the platform', 'platform'],
  ])('%s has an id of its own', (_, service) => {
    const letter = readLetter(service, message({ body: JSON.stringify({ id: taskId }) }));
    expect(letter.id).not.toBe(taskId);
    expect(letter.id).toMatch(new RegExp(`^${service}_[0-9a-f]{32}$`));
    expect(letter.taskId).toBe(taskId);
  });

  it('has the same id when it has been given a group of its own', () => {
    const first = readLetter('echo', message({}));
    const attributes = { group: text('g'), place: text(first.place), reason: text('because') };
    const copy = readLetter('echo', message({ groupId: first.id, sentAt: 5, attributes }));
    expect(copy).toMatchObject({ id: first.id, groupId: 'g', place: first.place });
    expect([first.standsAlone, copy.standsAlone]).toEqual([false, true]);
  });

  it.each([
    ['its body', { body: 'other garbage' }],
    ['its group', { groupId: 'h' }],
  ])('is another one when %s is', (_, given) => {
    expect(readLetter('echo', message(given)).id).not.toBe(readLetter('echo', message({})).id);
  });

  it('has a place that sorts by time and number', () => {
    const at = (sentAt: number, sequence: string) =>
      readLetter('echo', message({ sentAt, sequence })).place;
    const places = [at(999, '50'), at(1_000, '9'), at(1_000, '10')];
    expect(places.toSorted()).toEqual(places);
    expect(places.map(diedAt)).toEqual([999, 1_000, 1_000]);
  });

  it('keeps what others wrote on the message', () => {
    const attributes = { traceparent: text('00-1'), reason: text('because') };
    const letter = readLetter('echo', message({ attributes }));
    expect(letter.reason).toBe('because');
    expect(letter.attributes).toEqual({ traceparent: text('00-1') });
  });
});
