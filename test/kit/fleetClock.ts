import { type Clock, systemClock, type Timer } from '@taskfleet/toolbox/clock';

/** The clock of a fleet under test: goes as the system's does, and can be put on. */
export interface FleetClock extends Clock {
  /**
   * Puts the date on, and with it all timers and sleeps. The monotonic clock, which leases are measured on, goes as ever: while time is
   * put on, nobody could extend one.
   */
  shift(ms: number): void;
  /** On this clock, when the first timer that runs ends; infinity without any. Sleeps do not count. */
  readonly firstTimerEndsAt: number;
}

interface Waiting {
  /** On this clock. */
  readonly endsAt: number;
  readonly isTimer: boolean;
  readonly act: () => void;
  handle: NodeJS.Timeout | undefined;
}

/** setTimeout takes no longer one. */
const LONGEST_TIMEOUT_MS = 2 ** 31 - 1;

export function fleetClock(): FleetClock {
  const waiting = new Set<Waiting>();
  let shiftedMs = 0;
  const now = () => systemClock.now() + shiftedMs;

  const end = (one: Waiting) => {
    if (!waiting.delete(one)) return;
    clearTimeout(one.handle);
    one.act();
  };
  const arm = (one: Waiting) => {
    clearTimeout(one.handle);
    const leftMs = Math.max(0, Math.min(LONGEST_TIMEOUT_MS, one.endsAt - now()));
    one.handle = setTimeout(() => (now() >= one.endsAt ? end(one) : arm(one)), leftMs);
  };
  const start = (ms: number, act: () => void, isTimer: boolean): Waiting => {
    const one: Waiting = { endsAt: now() + ms, isTimer, act, handle: undefined };
    waiting.add(one);
    arm(one);
    return one;
  };
  const stop = (one: Waiting) => {
    clearTimeout(one.handle);
    waiting.delete(one);
  };

  return {
    ...systemClock,
    now,
    get firstTimerEndsAt() {
      const timers = [...waiting].filter(({ isTimer }) => isTimer);
      return Math.min(Infinity, ...timers.map(({ endsAt }) => endsAt));
    },
    timer: (ms, act): Timer => {
      const one = start(ms, act, true);
      return { isOver: () => now() > one.endsAt, stop: () => stop(one) };
    },
    sleep: async (ms, signal) => {
      signal?.throwIfAborted();
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      const one = start(ms, resolve, false);
      const onAbort = () => {
        stop(one);
        reject(signal?.reason as Error);
      };
      signal?.addEventListener('abort', onAbort, { once: true });
      await promise.finally(() => signal?.removeEventListener('abort', onAbort));
    },
    shift: (ms) => {
      shiftedMs += ms;
      const inOrder = [...waiting].toSorted((a, b) => a.endsAt - b.endsAt);
      for (const one of inOrder) {
        if (now() >= one.endsAt) end(one);
        else if (waiting.has(one)) arm(one);
      }
    },
  };
}
