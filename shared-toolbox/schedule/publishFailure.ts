import { type Availability, BreakerOpenError, isOutage } from '../breaker/index.ts';
import { PublishError, UnavailableError } from '../contract/index.ts';

/** What callers are told to wait when the topic or the bucket has failed them, but not so often that it counts as unavailable. */
export const SOON_MS = 1_000;

/** The error for a call of `schedule()` whose publish failed: UnavailableError when waiting may mend it. */
export function publishFailure(
  id: string,
  cause: unknown,
  availability: Availability,
): PublishError {
  if (cause instanceof PublishError) return cause;
  const reason = cause instanceof Error ? cause.message || cause.name : String(cause);
  if (cause instanceof BreakerOpenError) {
    return new UnavailableError(id, reason, { cause, retryAfterMs: cause.retryAfterMs });
  }
  if (!isOutage(cause)) return new PublishError(id, reason, { cause });
  const retryAfterMs = availability.available ? SOON_MS : availability.retryAfterMs;
  return new UnavailableError(id, reason, { cause, retryAfterMs });
}
