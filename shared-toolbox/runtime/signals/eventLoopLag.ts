import { monitorEventLoopDelay } from 'node:perf_hooks';

/** How late timers come in this process. */
export interface EventLoopLag {
  /** Milliseconds, the 99th percentile since this was asked last. */
  take(): number;
  stop(): void;
}

const RESOLUTION_MS = 20;
const NANOSECONDS = 1_000_000;

export function eventLoopLag(): EventLoopLag {
  const delays = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delays.enable();
  return {
    take: () => {
      // The histogram has the whole time between two timers, of which the resolution is as intended.
      const late = delays.percentile(99) / NANOSECONDS - RESOLUTION_MS;
      delays.reset();
      return Math.max(0, Math.round(late * 10) / 10);
    },
    stop: () => void delays.disable(),
  };
}
