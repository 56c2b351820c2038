import { NonRetryableError } from '@taskfleet/toolbox/contract';

/** Chunks of a body, up to a bound; a connection that is silent for long is given up. */
export async function* bodyChunks(
  answer: Response,
  { what, maximumBytes, signal }: BodyLimits,
): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  const reader = (answer.body ?? new Blob([]).stream()).getReader();
  try {
    for (;;) {
      const { done, value } = await orSilent(reader.read(), signal);
      if (done) return;
      bytes += value.length;
      if (bytes > maximumBytes) {
        throw new NonRetryableError(`${what}: expected at most ${maximumBytes} bytes, got more`);
      }
      yield value;
    }
  } finally {
    // Nobody waits for it: an aborted connection may not answer any more.
    reader.cancel().catch(() => undefined);
  }
}

export interface BodyLimits {
  /** For errors. */
  readonly what: string;
  readonly maximumBytes: number;
  readonly signal: AbortSignal;
}

const SILENT_AFTER_MS = 60_000;

async function orSilent<T>(read: Promise<T>, signal: AbortSignal): Promise<T> {
  const given = Promise.withResolvers<never>();
  const silent = setTimeout(
    () => given.reject(new Error(`nothing came for ${SILENT_AFTER_MS / 1_000} s`)),
    SILENT_AFTER_MS,
  );
  const onAbort = () => given.reject(signal.reason as Error);
  signal.addEventListener('abort', onAbort);
  try {
    signal.throwIfAborted();
    return await Promise.race([read, given.promise]);
  } finally {
    clearTimeout(silent);
    signal.removeEventListener('abort', onAbort);
  }
}
