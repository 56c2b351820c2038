import type { Log } from '../log/index.ts';
import type { Consumer } from './consumer.ts';

export interface WatchdogOptions {
  readonly consumer: Pick<Consumer, 'silentMs'>;
  /** Longest silence. 0: no watchdog. Longer than a receive with the SDK's own retries, 90 s, or a slow one counts as none. */
  readonly limitSeconds: number;
  readonly log: Pick<Log, 'event'>;
}

export interface Watchdog {
  /** Resolves when the consumer has been silent for too long; the process is then of no use and ends. */
  readonly expired: Promise<void>;
  stop(): void;
}

/** Looks so often within the limit: the end comes at most a tenth late. */
const LOOKS = 10;

/** Watches that a consumer goes on receiving, whatever keeps it from it: nobody else sees a worker that is merely silent. */
export function startWatchdog({ consumer, limitSeconds, log }: WatchdogOptions): Watchdog {
  const expired = Promise.withResolvers<void>();
  if (limitSeconds === 0) return { expired: expired.promise, stop: () => undefined };
  const limitMs = limitSeconds * 1_000;
  const look = () => {
    const { silentMs } = consumer;
    if (silentMs < limitMs) return;
    clearInterval(looking);
    log.event('watchdog.expired', { silentMs: Math.round(silentMs) });
    expired.resolve();
  };
  const looking = setInterval(look, limitMs / LOOKS).unref();
  return { expired: expired.promise, stop: () => clearInterval(looking) };
}
