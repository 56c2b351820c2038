import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  defineTask,
  defineWorker,
  invocationShares,
  lambda,
  PRIORITIES,
  type Priority,
} from './index.ts';

const schemas = { input: z.object({ to: z.string() }), output: z.string() };
const send = defineTask('mail.send', { ...schemas, priority: 'normal', timeLimit: '1m' });
const store = defineTask('mail.store', schemas);

describe('a task with a priority', () => {
  it.each([
    ['a group', { group: () => 'a' }, 'priority: expected none beside group'],
    [
      'a concurrency limit',
      { concurrency: { key: () => 'a', limit: 2 } },
      'priority: expected none beside concurrency',
    ],
    ['no such priority', { priority: 'urgent' as Priority }, 'expected high, normal, low, got'],
  ])('is refused with %s', (_what, options, problem) => {
    expect(() => defineTask('mail.alert', { ...schemas, priority: 'high', ...options })).toThrow(
      problem,
    );
  });

  it('is refused by a worker without queues for it, which would lose it', () => {
    expect(() => defineWorker('mail', { tasks: [store, send] })).toThrow(
      'priorities: expected true, because "mail.send" declares a priority',
    );
    expect(defineWorker('mail', { tasks: [store, send], priorities: true }).priorities).toBe(true);
  });
});

describe("a function's invocations", () => {
  it('are at least two for each queue', () => {
    const build = (maxConcurrency: number) =>
      defineWorker('mail', {
        tasks: [send],
        priorities: true,
        compute: lambda({ maxConcurrency }),
      });
    expect(() => build(5)).toThrow('compute.maxConcurrency: expected at least 6 with priorities');
    expect(build(6).compute).toMatchObject({ maxConcurrency: 6 });
  });

  it('are shared out among the queues, none left and none too many', () => {
    fc.assert(
      fc.property(fc.integer({ min: 6, max: 1_000 }), (maxConcurrency) => {
        const shares = invocationShares({ maxConcurrency });
        const counts = PRIORITIES.map((priority) => shares[priority]);
        expect(counts.reduce((sum, count) => sum + count)).toBe(maxConcurrency);
        expect(Math.min(...counts)).toBeGreaterThanOrEqual(2);
        expect(shares.low).toBeLessThanOrEqual(shares.normal);
        expect(shares.normal).toBeLessThanOrEqual(Math.max(shares.high, 2));
      }),
    );
    expect(invocationShares({ maxConcurrency: 100 })).toEqual({ high: 60, normal: 30, low: 10 });
  });
});
