import type { Signals } from './deps.ts';

/** Runs until it ends or Ctrl-C is pressed; then its signal aborts, and what it throws for that is no error. */
export async function untilInterrupted<T>(
  signals: Signals,
  run: (signal: AbortSignal) => Promise<T>,
): Promise<T | 'interrupted'> {
  const interrupt = new AbortController();
  const onInterrupt = () => interrupt.abort();
  signals.once('SIGINT', onInterrupt);
  try {
    return await run(interrupt.signal);
  } catch (error) {
    if (interrupt.signal.aborted) return 'interrupted';
    throw error;
  } finally {
    signals.off('SIGINT', onInterrupt);
  }
}
