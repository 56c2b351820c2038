import { z } from 'zod';
import { type RetryPolicy, retryPolicyProblems } from './retryPolicy.ts';
import type { CallLimits } from './scheduleOptions.ts';
import type { AnyTask } from './task.ts';
import { Durations } from './toMilliseconds.ts';

/** What a message says of the limits that its call has tightened; the rest is the contract's. */
export const limitsSchema = z.object({
  maxAttempts: z.int().positive().optional(),
  initialMs: z.number().nonnegative().optional(),
  factor: z.number().min(1).optional(),
  maxMs: z.number().nonnegative().optional(),
  jitter: z.boolean().optional(),
  softTimeLimitMs: z.number().positive().optional(),
  timeLimitMs: z.number().positive().optional(),
});

export type Limits = Readonly<z.output<typeof limitsSchema>>;

/** The limits of one call, and everything that is wrong with them. */
export function limitsOf(
  task: AnyTask,
  { retry = {}, softTimeLimit, timeLimit }: CallLimits,
): { readonly limits: Limits | undefined; readonly problems: readonly string[] } {
  const durations = new Durations();
  const { maxAttempts, backoff = {} } = retry;
  const { factor, jitter, initial, max } = backoff;
  const given: Limits = {
    maxAttempts,
    factor,
    jitter,
    initialMs: initial && durations.milliseconds('retry.backoff.initial', initial),
    maxMs: max && durations.milliseconds('retry.backoff.max', max),
    softTimeLimitMs: softTimeLimit && durations.milliseconds('softTimeLimit', softTimeLimit),
    timeLimitMs: timeLimit && durations.milliseconds('timeLimit', timeLimit),
  };
  if (Object.values(given).every((value) => value === undefined)) {
    return { limits: undefined, problems: [] };
  }
  return { limits: given, problems: [...durations.problems, ...limitProblems(task, given)] };
}

function limitProblems(task: AnyTask, limits: Limits): string[] {
  const { maxAttempts, maxMs, softTimeLimitMs, timeLimitMs = task.timeLimitMs } = limits;
  // The contract's own policy has no problem: what is found is the call's.
  const problems = retryPolicyProblems(mergedRetry(task.retry, limits));
  problems.push(
    ...atMost('retry.maxAttempts', maxAttempts, task.retry.maxAttempts),
    ...atMost('retry.backoff.max', maxMs, task.retry.maxMs, ' ms'),
    ...atMost('timeLimit', timeLimitMs, task.timeLimitMs, ' ms'),
  );
  if (timeLimitMs < 1_000) problems.push(`timeLimit: expected at least 1s, got ${timeLimitMs} ms`);
  if (softTimeLimitMs !== undefined && softTimeLimitMs >= timeLimitMs) {
    const expected = `expected less than timeLimit (${timeLimitMs} ms)`;
    problems.push(`softTimeLimit: ${expected}, got ${softTimeLimitMs} ms`);
  }
  return problems;
}

function atMost(field: string, value: number | undefined, most: number, unit = ''): string[] {
  if (value === undefined || value <= most) return [];
  return [`${field}: expected at most the contract's ${most}${unit}, got ${value}${unit}`];
}

/** A task as one call wants it. Never beyond the contract, whoever wrote the message. */
export function withLimits<T extends AnyTask>(task: T, limits: Limits | undefined): T {
  if (limits === undefined) return task;
  const timeLimitMs = Math.min(limits.timeLimitMs ?? Infinity, task.timeLimitMs);
  const soft = limits.softTimeLimitMs ?? task.softTimeLimitMs;
  const retry = mergedRetry(task.retry, limits);
  return {
    ...task,
    retry: {
      ...retry,
      maxAttempts: Math.min(retry.maxAttempts, task.retry.maxAttempts),
      maxMs: Math.min(retry.maxMs, task.retry.maxMs),
    },
    timeLimitMs,
    softTimeLimitMs: soft !== undefined && soft < timeLimitMs ? soft : undefined,
  };
}

function mergedRetry(retry: RetryPolicy, limits: Limits): RetryPolicy {
  const maxMs = limits.maxMs ?? retry.maxMs;
  return {
    ...retry,
    maxAttempts: limits.maxAttempts ?? retry.maxAttempts,
    initialMs: limits.initialMs ?? Math.min(retry.initialMs, maxMs),
    factor: limits.factor ?? retry.factor,
    jitter: limits.jitter ?? retry.jitter,
    maxMs,
  };
}
