import {
  ArtifactNotFoundError,
  type Json,
  LONGEST_DELAY_MS,
  LONGEST_HOLD_MS,
  NonRetryableError,
  RetryAfter,
  retryDelayMs,
  type RetryPolicy,
  Snooze,
  type Task,
  TooLargeError,
  ValidationError,
} from '../contract/index.ts';
import { LeaseLostError } from '../consume/index.ts';
import { CancelledError, SnoozesExhaustedError, WorkerStoppingError } from './errors.ts';

/**
 * How an attempt ended. `snoozed`: the handler asked for a later time; `released`: the worker stops; neither counts as an
 * attempt. `cancelled`: somebody asked for the task's end. `lost`: the lease is gone, whatever the handler did is somebody else's to record.
 */
export type Outcome =
  | { readonly kind: 'succeeded'; readonly output: Json }
  | { readonly kind: 'failed'; readonly error: Error }
  | { readonly kind: 'retrying'; readonly error: Error; readonly delayMs: number }
  | { readonly kind: 'snoozed'; readonly delayMs: number }
  | { readonly kind: 'cancelled'; readonly by: string }
  | { readonly kind: 'released' }
  | { readonly kind: 'lost' };

export interface FailedAttempt {
  readonly error: unknown;
  /** From 1. */
  readonly attempt: number;
  /** So far. */
  readonly snoozes: number;
  readonly task: Pick<Task, 'retry' | 'timeLimitMs'>;
  /** Why the attempt's signal aborted, if it did. */
  readonly abortedBy: unknown;
  /** From 0 up to 1. */
  readonly random: number;
}

/** What follows from an attempt that threw. What aborted it counts more than what it threw on the way out. */
export function outcomeOfFailure(failed: FailedAttempt): Outcome {
  if (failed.abortedBy instanceof LeaseLostError) return { kind: 'lost' };
  if (failed.abortedBy instanceof WorkerStoppingError) return { kind: 'released' };
  if (failed.abortedBy instanceof CancelledError) {
    return { kind: 'cancelled', by: failed.abortedBy.by };
  }
  const error = asError(failed.abortedBy ?? failed.error);
  if (error instanceof Snooze) return outcomeOfSnooze(failed, error);
  const { retry } = failed.task;
  if (failed.attempt >= retry.maxAttempts || isPermanent(retry, error)) {
    return { kind: 'failed', error };
  }
  return { kind: 'retrying', error, delayMs: delayAfter(failed, error) };
}

function outcomeOfSnooze({ task, snoozes }: FailedAttempt, { delayMs }: Snooze): Outcome {
  const { maxSnoozes } = task.retry;
  if (snoozes >= maxSnoozes)
    return { kind: 'failed', error: new SnoozesExhaustedError(maxSnoozes) };
  return { kind: 'snoozed', delayMs: hideable(task, delayMs) };
}

function delayAfter({ task, attempt, random }: FailedAttempt, error: Error): number {
  if (error instanceof RetryAfter) return hideable(task, error.delayMs);
  return retryDelayMs(task.retry, attempt, random);
}

/** What a queue can do for a message that has been held for an attempt already; it refuses what it cannot. */
function hideable({ timeLimitMs }: FailedAttempt['task'], delayMs: number): number {
  return Math.max(0, Math.min(LONGEST_DELAY_MS, LONGEST_HOLD_MS - timeLimitMs, delayMs));
}

/** What no further attempt would mend. */
const PERMANENT = [NonRetryableError, ValidationError, TooLargeError, ArtifactNotFoundError];

function isPermanent({ nonRetryable }: RetryPolicy, error: Error): boolean {
  return nonRetryable.includes(error.name) || PERMANENT.some((kind) => error instanceof kind);
}

/** JavaScript throws anything: also an error whose message is no text, and values that have none. */
export function asError(thrown: unknown): Error {
  if (thrown instanceof Error && typeof thrown.message === 'string') return thrown;
  return new Error(`the handler threw ${textOf(thrown)}`, { cause: thrown });
}

function textOf(thrown: unknown): string {
  try {
    return thrown instanceof Error ? thrown.name : String(thrown);
  } catch {
    return 'a value without a text';
  }
}
