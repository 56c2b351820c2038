import {
  ArtifactNotFoundError,
  type Json,
  LONGEST_DELAY_MS,
  NonRetryableError,
  RetryAfter,
  retryDelayMs,
  type RetryPolicy,
  TooLargeError,
  ValidationError,
} from '../contract/index.ts';
import { LeaseLostError } from '../consume/index.ts';
import { WorkerStoppingError } from './errors.ts';

/**
 * How an attempt ended. `released`: the worker stops, the attempt does not count. `lost`: the lease is gone, whatever
 * the handler did is somebody else's to record.
 */
export type Outcome =
  | { readonly kind: 'succeeded'; readonly output: Json }
  | { readonly kind: 'failed'; readonly error: Error }
  | { readonly kind: 'retrying'; readonly error: Error; readonly delayMs: number }
  | { readonly kind: 'released' }
  | { readonly kind: 'lost' };

export interface FailedAttempt {
  readonly error: unknown;
  /** From 1. */
  readonly attempt: number;
  readonly policy: RetryPolicy;
  /** Why the attempt's signal aborted, if it did. */
  readonly abortedBy: unknown;
  /** From 0 up to 1. */
  readonly random: number;
}

/** What follows from an attempt that threw. What aborted it counts more than what it threw on the way out. */
export function outcomeOfFailure(failed: FailedAttempt): Outcome {
  if (failed.abortedBy instanceof LeaseLostError) return { kind: 'lost' };
  if (failed.abortedBy instanceof WorkerStoppingError) return { kind: 'released' };
  const error = asError(failed.abortedBy ?? failed.error);
  const isLast = failed.attempt >= failed.policy.maxAttempts;
  if (isLast || isPermanent(error)) return { kind: 'failed', error };
  const delayMs =
    error instanceof RetryAfter
      ? Math.min(LONGEST_DELAY_MS, error.delayMs)
      : retryDelayMs(failed.policy, failed.attempt, failed.random);
  return { kind: 'retrying', error, delayMs };
}

/** What no further attempt would mend. */
const PERMANENT = [NonRetryableError, ValidationError, TooLargeError, ArtifactNotFoundError];

function isPermanent(error: Error): boolean {
  return PERMANENT.some((permanent) => error instanceof permanent);
}

/** JavaScript throws anything: also an error whose message is no text, and values that have none. */
function asError(thrown: unknown): Error {
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
