import type { Duration } from './duration.ts';
import type { Durations } from './toMilliseconds.ts';

/** How a task is tried again after its handler threw. Every part is optional in a definition. */
export interface RetryOptions {
  /** Attempts in all, the first included. Whole number from 1 to 99. Default 5. */
  readonly maxAttempts?: number;
  /** How long to wait before each further attempt. Default: from 2s, doubled each time, to 5m. */
  readonly backoff?: BackoffOptions;
  /** Names of error classes that fail the task at once, such as `'PaymentRefused'`. Default: none beside NonRetryableError. */
  readonly nonRetryable?: readonly string[];
  /** How often a handler may throw Snooze. From 0; with `maxAttempts` at most 99. Default 20. */
  readonly maxSnoozes?: number;
}

/** How long a task waits before it is tried again. Its group waits with it, and no other. */
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
  readonly nonRetryable: readonly string[];
  readonly maxSnoozes: number;
}

/** SQS hides a message for at most 12 hours counted from its receive (docs.aws.amazon.com, SQS visibility timeout). */
export const LONGEST_HOLD_MS = 12 * 3_600_000;

/** One hour is left for the attempt itself. */
export const LONGEST_DELAY_MS = 11 * 3_600_000;

/** The receives of ten messages in a batch with so many attempts and snoozes each are as many as SQS counts (maxReceiveCount). */
const MOST_ATTEMPTS = 99;

const USUAL_SNOOZES = 20;

export function resolveRetryPolicy(options: RetryOptions, durations: Durations): RetryPolicy {
  const { backoff = {}, maxAttempts = 5, nonRetryable = [] } = options;
  return Object.freeze({
    maxAttempts,
    nonRetryable,
    maxSnoozes:
      options.maxSnoozes ?? Math.max(0, Math.min(USUAL_SNOOZES, MOST_ATTEMPTS - maxAttempts)),
    initialMs: durations.milliseconds('retry.backoff.initial', backoff.initial ?? '2s'),
    factor: backoff.factor ?? 2,
    maxMs: durations.milliseconds('retry.backoff.max', backoff.max ?? '5m'),
    jitter: backoff.jitter ?? true,
  });
}

export function retryPolicyProblems(policy: RetryPolicy): string[] {
  return [...countProblems(policy), ...backoffProblems(policy)];
}

function countProblems({ maxAttempts, maxSnoozes }: RetryPolicy): string[] {
  if (!Number.isInteger(maxAttempts) || maxAttempts < 1 || maxAttempts > MOST_ATTEMPTS) {
    const expected = `a whole number from 1 to ${MOST_ATTEMPTS}`;
    return [`retry.maxAttempts: expected ${expected}, got ${maxAttempts}`];
  }
  if (!Number.isInteger(maxSnoozes) || maxSnoozes < 0) {
    return [`retry.maxSnoozes: expected a whole number from 0, got ${maxSnoozes}`];
  }
  if (maxAttempts + maxSnoozes <= MOST_ATTEMPTS) return [];
  const expected = `at most ${MOST_ATTEMPTS} together with maxAttempts`;
  return [`retry.maxSnoozes: expected ${expected}, got ${maxSnoozes} and ${maxAttempts}`];
}

function backoffProblems({ factor, initialMs, maxMs }: RetryPolicy): string[] {
  const problems: string[] = [];
  if (!(factor >= 1 && factor <= 10)) {
    problems.push(`retry.backoff.factor: expected 1 to 10, got ${factor}`);
  }
  if (maxMs > LONGEST_DELAY_MS) {
    problems.push(`retry.backoff.max: expected at most 11h, got ${maxMs} ms`);
  }
  if (initialMs > maxMs) {
    problems.push(
      `retry.backoff.initial: expected at most backoff.max (${maxMs} ms), got ${initialMs} ms`,
    );
  }
  return problems;
}

/**
 * Milliseconds to wait after attempt number `attempt` (from 1) failed.
 * @param random a number from 0 up to 1, used only with jitter
 */
export function retryDelayMs(
  policy: Pick<RetryPolicy, 'initialMs' | 'factor' | 'maxMs' | 'jitter'>,
  attempt: number,
  random: number,
): number {
  const full = Math.min(policy.maxMs, policy.initialMs * policy.factor ** (attempt - 1));
  return Math.round(policy.jitter ? full * (0.5 + random / 2) : full);
}
