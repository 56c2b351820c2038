/** Resolves when the promise does or the signal aborts, and leaves no listener behind. */
export async function orAborted(promise: Promise<void>, signal: AbortSignal): Promise<void> {
  const aborted = Promise.withResolvers<void>();
  const onAbort = () => aborted.resolve();
  signal.addEventListener('abort', onAbort);
  if (signal.aborted) onAbort();
  await Promise.race([promise, aborted.promise]);
  signal.removeEventListener('abort', onAbort);
}
