import type { EndSignal, Signals } from './deps.ts';

/** Runs until it ends or is told to, as by Ctrl-C; then its signal aborts, and what it throws for that is no error. */
export async function untilInterrupted<T>(
  signals: Signals,
  run: (signal: AbortSignal) => Promise<T>,
  heard: readonly EndSignal[] = ['SIGINT'],
): Promise<T | 'interrupted'> {
  const interrupt = new AbortController();
  const onInterrupt = () => interrupt.abort();
  for (const signal of heard) signals.once(signal, onInterrupt);
  try {
    return await run(interrupt.signal);
  } catch (error) {
    if (interrupt.signal.aborted) return 'interrupted';
    throw error;
  } finally {
    for (const signal of heard) signals.off(signal, onInterrupt);
  }
}
