import type { Duration } from './duration.ts';
import type { Durations } from './toMilliseconds.ts';

/** How a task is tried again after its handler threw. Every part is optional in a definition. */
export interface RetryOptions {
  /** Attempts in all, the first included. Whole number from 1 to 99. Default 5. */
  readonly maxAttempts?: number;
  readonly backoff?: BackoffOptions;
}

export interface BackoffOptions {
  /** Delay before the second attempt. Default `'2s'`. */
  readonly initial?: Duration;
  /** Each further delay is this many times the one before. From 1 to 10. Default 2. */
  readonly factor?: number;
  /** No delay is longer. At most `'11h'`, because a message can be hidden for 12 hours in all. Default `'5m'`. */
  readonly max?: Duration;
  /** Spread each delay evenly between half and all of it, so that many failures do not return together. Default true. */
  readonly jitter?: boolean;
}

export interface RetryPolicy {
  readonly maxAttempts: number;
  readonly initialMs: number;
  readonly factor: number;
  readonly maxMs: number;
  readonly jitter: boolean;
}

/** SQS hides a message for at most 12 hours after a receive; one is left for the attempt itself. */
export const LONGEST_DELAY_MS = 11 * 3_600_000;

/** The receives of ten messages in a batch with so many attempts each are as many as SQS counts (maxReceiveCount). */
const MOST_ATTEMPTS = 99;

export function resolveRetryPolicy(options: RetryOptions, durations: Durations): RetryPolicy {
  const backoff = options.backoff ?? {};
  return Object.freeze({
    maxAttempts: options.maxAttempts ?? 5,
    initialMs: durations.milliseconds('retry.backoff.initial', backoff.initial ?? '2s'),
    factor: backoff.factor ?? 2,
    maxMs: durations.milliseconds('retry.backoff.max', backoff.max ?? '5m'),
    jitter: backoff.jitter ?? true,
  });
}

export function retryPolicyProblems(policy: RetryPolicy): string[] {
  const problems: string[] = [];
  if (
    !Number.isInteger(policy.maxAttempts) ||
    policy.maxAttempts < 1 ||
    policy.maxAttempts > MOST_ATTEMPTS
  ) {
    problems.push(
      `retry.maxAttempts: expected a whole number from 1 to ${MOST_ATTEMPTS}, got ${policy.maxAttempts}`,
    );
  }
  if (!(policy.factor >= 1 && policy.factor <= 10)) {
    problems.push(`retry.backoff.factor: expected 1 to 10, got ${policy.factor}`);
  }
  if (policy.maxMs > LONGEST_DELAY_MS) {
    problems.push(`retry.backoff.max: expected at most 11h, got ${policy.maxMs} ms`);
  }
  if (policy.initialMs > policy.maxMs) {
    problems.push(
      `retry.backoff.initial: expected at most backoff.max (${policy.maxMs} ms), got ${policy.initialMs} ms`,
    );
  }
  return problems;
}

/**
 * Milliseconds to wait after attempt number `attempt` (from 1) failed.
 * @param random a number from 0 up to 1, used only with jitter
 */
export function retryDelayMs(policy: RetryPolicy, attempt: number, random: number): number {
  const full = Math.min(policy.maxMs, policy.initialMs * policy.factor ** (attempt - 1));
  return Math.round(policy.jitter ? full * (0.5 + random / 2) : full);
}
