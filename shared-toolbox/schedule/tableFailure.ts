import { isOutage } from '../breaker/index.ts';
import { PublishError, UnavailableError } from '../contract/index.ts';
import { SOON_MS } from './publishFailure.ts';

/** Why a call could not be carried out: UnavailableError when the table does not answer, PublishError when it refuses. */
export function tableFailure(id: string, cause: unknown): PublishError {
  const reason = `the table did not take it: ${String(cause)}`;
  if (!isOutage(cause)) return new PublishError(id, reason, { cause });
  return new UnavailableError(id, reason, { cause, retryAfterMs: SOON_MS });
}
