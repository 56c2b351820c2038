const NEVER = new AbortController().signal;

/**
 * What the source gives, until the signal aborts: then whoever waits for more is given its reason. The source is told to end, and not
 * waited for, as it may heed no signal.
 */
export async function* untilAborted<T>(
  source: AsyncIterable<T>,
  signal: AbortSignal = NEVER,
): AsyncGenerator<T, void, undefined> {
  const given = source[Symbol.asyncIterator]();
  try {
    for (;;) {
      const { done, value } = await orReason(given.next(), signal);
      if (done) return;
      yield value;
    }
  } finally {
    given.return?.().catch(() => undefined);
  }
}

/** Leaves nothing behind at the signal: a source may give millions of parts. */
async function orReason<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  const aborted = Promise.withResolvers<never>();
  const onAbort = () => aborted.reject(signal.reason);
  signal.addEventListener('abort', onAbort, { once: true });
  if (signal.aborted) onAbort();
  try {
    return await Promise.race([promise, aborted.promise]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
