import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  defineTask,
  defineWorker,
  maxReceiveCount,
  parseRateLimit,
  type RateLimit,
} from './index.ts';

const anything = { input: z.json(), output: z.json() };

describe('a rate limit', () => {
  it.each([
    ['10/m', 6_000],
    ['500/s', 2],
    ['1/d', 86_400_000],
    ['24/h', 150_000],
  ])('of %s lets an attempt begin every %d ms', (text, everyMs) => {
    expect(parseRateLimit(text)).toBe(everyMs);
  });

  it.each(['', '10', '0/m', '-1/s', '1.5/m', '10/min', '501/s', '1e3/m', '10/m\n'])(
    'is not %j',
    (text) => {
      expect(() => defineTask('a.b', { ...anything, rateLimit: text as RateLimit })).toThrow(
        `rateLimit: expected a whole number from 1, a slash and s, m, h or d`,
      );
    },
  );

  it('of a task or of all of a worker makes each attempt two receives', () => {
    const [free, limited] = [
      defineTask('a.b', anything),
      defineTask('a.c', { ...anything, rateLimit: '1/s' }),
    ];
    const plain = maxReceiveCount(defineWorker('a', { tasks: [free] }));
    const twice = 2 * (plain - 10) + 10;
    expect(maxReceiveCount(defineWorker('a', { tasks: [free, limited] }))).toBe(twice);
    expect(maxReceiveCount(defineWorker('a', { tasks: [free], rateLimit: '9/m' }))).toBe(twice);
  });
});

describe('a concurrency limit', () => {
  it.each([0, 101, 1.5, NaN])('is not %d', (limit) => {
    const concurrency = { key: () => 'k', limit };
    expect(() => defineTask('a.b', { ...anything, concurrency })).toThrow(
      'concurrency.limit: expected a whole number from 1 to 100',
    );
  });

  it('is not had together with a group', () => {
    const concurrency = { key: () => 'k', limit: 2 };
    expect(() => defineTask('a.b', { ...anything, concurrency, group: () => 'g' })).toThrow(
      'concurrency: expected none beside group',
    );
  });
});
