/** What a process has to do, seen over the time since the last look. */
export interface Load {
  /** Longest that the event loop was late, in milliseconds, but for the worst hundredth. */
  readonly lagMs: number;
  /** Of all cores, from 0 to 1. */
  readonly cpu: number;
}

export interface Seen {
  readonly concurrency: number;
  readonly bounds: readonly [min: number, max: number];
  /** The most that ran at the same time. */
  readonly mostRunning: number;
  readonly load: Load;
}

/** How many tasks may run next, and why that is another number. */
export interface NextConcurrency {
  readonly concurrency: number;
  readonly why: 'loaded' | 'waiting' | 'idle' | 'steady';
}

/** Above either, heartbeats and timers begin to suffer. */
const LOADED: Load = { lagMs: 250, cpu: 0.95 };

/** Below both there is room for more. */
const HEADROOM: Load = { lagMs: 50, cpu: 0.75 };

/**
 * More by half while every place is taken and the process has headroom: a place that stays free says that nothing waits, so that the queue
 * need not be asked. Fewer by a quarter when it is overloaded, and one by one when places stay free.
 */
export function nextConcurrency({ concurrency, bounds, mostRunning, load }: Seen): NextConcurrency {
  const [min, max] = bounds;
  const to = (wanted: number, why: NextConcurrency['why']): NextConcurrency => {
    const next = Math.min(max, Math.max(min, wanted));
    return { concurrency: next, why: next === concurrency ? 'steady' : why };
  };
  if (load.lagMs > LOADED.lagMs || load.cpu > LOADED.cpu) {
    return to(Math.floor(concurrency * 0.75), 'loaded');
  }
  if (mostRunning < concurrency) return to(concurrency - 1, 'idle');
  const hasHeadroom = load.lagMs < HEADROOM.lagMs && load.cpu < HEADROOM.cpu;
  return to(hasHeadroom ? Math.ceil(concurrency * 1.5) : concurrency, 'waiting');
}
