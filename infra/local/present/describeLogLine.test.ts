import { describe, expect, it } from 'vitest';
import { describeLogLine } from './describeLogLine.ts';

const line = (fields: Record<string, unknown>) =>
  JSON.stringify({ level: 'info', time: 1, ...fields });

describe('a log line for people', () => {
  it('has the event, the id and what is special about it', () => {
    const text = line({
      event: 'task.succeeded',
      worker: 'sum',
      id: 'sum_1',
      attempt: 1,
      durationMs: 12,
    });
    expect(describeLogLine(text)).toEqual({
      level: 'info',
      text: 'task.succeeded  sum_1  durationMs=12',
    });
  });

  it('ends with the error', () => {
    const text = line({ level: 'error', event: 'task.failed', id: 'sum_1', error: 'no such file' });
    expect(describeLogLine(text)).toEqual({
      level: 'error',
      text: 'task.failed  sum_1  no such file',
    });
  });

  it('is left out for what is told otherwise', () => {
    expect(describeLogLine(line({ event: 'worker.started' }))).toBeUndefined();
  });

  it.each(['TypeError: x is not a function', '{"not":"ours"}', '{broken'])(
    'is told as it is when it is none of ours: %s',
    (text) => {
      expect(describeLogLine(text)).toEqual({ level: 'warn', text });
    },
  );
});
