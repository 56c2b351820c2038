import { TaskfleetError } from '../errors.ts';

/** Thrown at once, without a call, while a breaker is open or half-open. */
export class BreakerOpenError extends TaskfleetError {
  readonly code = 'breaker_open';
  readonly breaker: string;
  /** Milliseconds until the breaker will have looked again: earlier calls are refused as well. */
  readonly retryAfterMs: number;

  constructor(breaker: string, retryAfterMs: number, reason: string) {
    super(`the ${breaker} is unavailable, try again in ${retryAfterMs} ms: ${reason}`);
    this.breaker = breaker;
    this.retryAfterMs = retryAfterMs;
  }
}
