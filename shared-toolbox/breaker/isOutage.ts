import { TaskfleetError } from '../errors.ts';

/** How AWS's services and SDK name a request that came too fast (aws-sdk-js-v3, service-error-classification). */
const THROTTLING =
  /Thrott|RequestLimitExceeded|TooManyRequests|ProvisionedThroughputExceeded|SlowDown|BandwidthLimitExceeded|PriorRequestNotComplete/;

/** Answers with a status of the 400s that say nothing about the request. */
const TRANSIENT = /RequestTimeout|TransactionInProgress|RequestExpired/;

/** Mistakes in this program: no service had a part in them. */
const OWN_MISTAKES = [TaskfleetError, TypeError, RangeError, ReferenceError];

/**
 * Whether a call failed because the service is not there: no connection, no answer in time, 5xx, throttling. Not what the
 * service answered about the request itself, such as a refused condition or a missing right: waiting would not mend that.
 */
export function isOutage(error: unknown): boolean {
  if (OWN_MISTAKES.some((mistake) => error instanceof mistake)) return false;
  if (isThrottling(error) || isNamed(error, TRANSIENT)) return true;
  const status = statusOf(error);
  return status === undefined || status >= 500 || status < 400;
}

/** Whether a service is there and wants fewer requests. */
export function isThrottling(error: unknown): boolean {
  return isNamed(error, THROTTLING) || statusOf(error) === 429;
}

function isNamed(error: unknown, names: RegExp): boolean {
  return error instanceof Error && names.test(error.name);
}

/** The HTTP status that the SDK saw; undefined when no answer came. */
function statusOf(error: unknown): number | undefined {
  const { $metadata } = (error ?? {}) as { $metadata?: { httpStatusCode?: number } };
  return $metadata?.httpStatusCode;
}
