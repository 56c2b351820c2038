import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { defineTask, defineWorker, lambda, maxReceiveCount, type RateLimit } from './index.ts';

const workerWith = (rateLimitPerProcess?: RateLimit, options: object = {}) => {
  const anything = { input: z.json(), output: z.json(), timeLimit: '1h' } as const;
  const task = defineTask('a.b', {
    ...anything,
    ...(rateLimitPerProcess && { rateLimitPerProcess }),
  });
  return defineWorker('a', { tasks: [task], ...options });
};

describe('a rate limit of each process', () => {
  it.each([
    ['10/m', 1_000],
    ['1/h', 10],
    ['3/d', 1],
  ] as const)('of %s may be kept with a concurrency of %d', (limit, concurrency) => {
    expect(() => workerWith(limit, { concurrency })).not.toThrow();
  });

  it.each([
    ['1/h', 11],
    ['2/d', 1],
  ] as const)('of %s lets %d messages wait too long', (limit, concurrency) => {
    expect(() => workerWith(limit, { concurrency })).toThrow(
      `because a process may hold ${concurrency} until their turn`,
    );
  });

  it('is of the same form as that of the fleet', () => {
    expect(() => workerWith('ten' as RateLimit)).toThrow(
      'rateLimitPerProcess: expected a whole number from 1, a slash and s, m, h or d',
    );
  });

  it('is nothing for Lambda, whose processes come and go', () => {
    expect(() => workerWith('10/m', { compute: lambda() })).toThrow(
      'expected no rateLimitPerProcess of "a.b" with lambda()',
    );
  });

  it('costs no receives: its message waits where it is', () => {
    expect(maxReceiveCount(workerWith('10/m'))).toBe(maxReceiveCount(workerWith()));
  });
});
