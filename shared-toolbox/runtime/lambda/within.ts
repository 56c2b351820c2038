import type { Clock } from '../../clock.ts';

export interface Patience {
  readonly clock: Pick<Clock, 'sleep'>;
  /** Ends the waiting as well. */
  readonly stopping: AbortSignal;
}

/** Waits for the promise, but no longer than so many milliseconds. Rejects only if it does. */
export async function within(
  promise: Promise<void>,
  ms: number,
  { clock, stopping }: Patience,
): Promise<void> {
  const answered = new AbortController();
  const slept = clock.sleep(ms, AbortSignal.any([answered.signal, stopping]));
  await Promise.race([promise, slept.catch(() => undefined)]);
  answered.abort();
}
