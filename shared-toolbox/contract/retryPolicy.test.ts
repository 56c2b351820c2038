import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { retryDelayMs, type RetryPolicy } from './index.ts';
import { resolveRetryPolicy } from './retryPolicy.ts';
import { Durations } from './toMilliseconds.ts';

const policy = fc
  .record({
    maxAttempts: fc.integer({ min: 1, max: 99 }),
    initialMs: fc.nat(60_000),
    factor: fc.double({ min: 1, max: 10, noNaN: true }),
    extraMs: fc.nat(39_600_000 - 60_000),
  })
  .map(({ extraMs, maxAttempts, initialMs, factor }) => ({
    maxAttempts,
    initialMs,
    factor,
    maxMs: initialMs + extraMs,
    jitter: true,
    nonRetryable: [],
    maxSnoozes: 0,
  }));
const attempt = fc.integer({ min: 1, max: 100 });
const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

function plain(jittered: RetryPolicy): RetryPolicy {
  return { ...jittered, jitter: false };
}

describe('retryDelayMs', () => {
  it('is a whole number of milliseconds up to the longest', () => {
    fc.assert(
      fc.property(policy, attempt, random, (some, n, chance) => {
        const delay = retryDelayMs(some, n, chance);
        expect(Number.isInteger(delay)).toBe(true);
        expect(delay).toBeGreaterThanOrEqual(0);
        expect(delay).toBeLessThanOrEqual(some.maxMs);
      }),
    );
  });

  it('never shrinks from attempt to attempt', () => {
    fc.assert(
      fc.property(policy, attempt, (some, n) => {
        const steady = plain(some);
        expect(retryDelayMs(steady, n + 1, 0)).toBeGreaterThanOrEqual(retryDelayMs(steady, n, 0));
      }),
    );
  });

  it('spreads between half and all of the delay', () => {
    fc.assert(
      fc.property(policy, attempt, random, (some, n, chance) => {
        const full = retryDelayMs(plain(some), n, 0);
        const delay = retryDelayMs(some, n, chance);
        expect(delay).toBeGreaterThanOrEqual(Math.floor(full / 2));
        expect(delay).toBeLessThanOrEqual(full);
      }),
    );
  });

  it('begins with the initial delay and multiplies it', () => {
    const steady = { maxAttempts: 5, initialMs: 2_000, factor: 3, maxMs: 20_000, jitter: false };
    expect([1, 2, 3, 4].map((n) => retryDelayMs(steady, n, 0.9))).toEqual([
      2_000, 6_000, 18_000, 20_000,
    ]);
  });

  it("gives the delays of Celery's retry_backoff", () => {
    const backoff = { initial: '1s', max: '10m', jitter: false } as const;
    const celerys = resolveRetryPolicy({ backoff }, new Durations());
    const seconds = Array.from({ length: 12 }, (_, n) => retryDelayMs(celerys, n + 1, 0) / 1_000);
    // retry_backoff=True, retry_backoff_max=600: min(600, 2 ** retries)
    expect(seconds).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 600, 600]);
  });

  it('uses the chance that it is given', () => {
    const some = { maxAttempts: 5, initialMs: 2_000, factor: 2, maxMs: 20_000, jitter: true };
    expect([0, 0.5, 0.999].map((chance) => retryDelayMs(some, 1, chance))).toEqual([
      1_000, 1_500, 1_999,
    ]);
  });
});
