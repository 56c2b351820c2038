import type { Readable } from 'node:stream';

/** Ends a stream with the signal's reason when it aborts; whoever reads it is told. Dispose of it when the stream has ended. */
export function destroyOn(signal: AbortSignal | undefined, stream: Readable): Disposable {
  const destroy = () => {
    // Nobody may be reading at that moment, and an error that nobody hears ends the process.
    stream.on('error', () => undefined);
    stream.destroy(signal?.reason as Error);
  };
  if (signal?.aborted) destroy();
  else signal?.addEventListener('abort', destroy, { once: true });
  return { [Symbol.dispose]: () => signal?.removeEventListener('abort', destroy) };
}
