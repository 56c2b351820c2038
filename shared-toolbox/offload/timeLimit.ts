/**
 * The largest value passes in this time at 7 Mbit/s. The client's own limit is for files of any size, and is too long for a
 * caller of `schedule()` or for a message that is being held.
 */
const LONGEST_CALL_MS = 60_000;

/** The signal, which also aborts once a call has taken too long. */
export function withTimeLimit(signal: AbortSignal | undefined): AbortSignal {
  const limit = AbortSignal.timeout(LONGEST_CALL_MS);
  return signal ? AbortSignal.any([signal, limit]) : limit;
}
