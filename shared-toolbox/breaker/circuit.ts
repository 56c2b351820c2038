import Opossum from 'opossum';
import type { Clock } from '../clock.ts';
import type { Log } from '../log/index.ts';
import type { Availability } from './availability.ts';
import type { BreakerOptions } from './breakerOptions.ts';
import { isThrottling } from './isOutage.ts';

export interface CircuitOptions {
  readonly name: string;
  readonly probe: (signal: AbortSignal) => Promise<unknown>;
  readonly isFailure: (error: unknown) => boolean;
  readonly options: BreakerOptions;
  readonly clock: Pick<Clock, 'now' | 'monotonic' | 'random'>;
  readonly log: Pick<Log, 'event'>;
  /** Called when it opens, and each time that it stays open after a look. */
  readonly onOpened?: (reason: string) => void;
  readonly onClosed?: () => void;
}

type Action = () => Promise<unknown>;

interface Outage {
  /** Milliseconds since 1970, for people. */
  readonly since: number;
  /** Monotonic, as `probeAt`. */
  readonly openedAt: number;
  readonly probeAt: number;
  readonly reason: string;
  readonly over: PromiseWithResolvers<void>;
}

/** Share of the probe's interval by which it may come early or late, so that replicas do not look all at once. */
const JITTER = 0.2;

/** The least that callers are asked to wait: the probe's answer is on its way. */
const LEAST_RETRY_AFTER_MS = 1_000;

/** Opossum's circuit, whose half-open state is left to a probe and never to a caller. */
export class Circuit {
  readonly #options: CircuitOptions;
  readonly #opossum: Opossum<[Action]>;
  #outage: Outage | undefined;
  #lastError: unknown;
  #timeoutsInARow = 0;
  #probeDelayMs = 0;
  #probeTimer: NodeJS.Timeout | undefined;

  constructor(options: CircuitOptions) {
    this.#options = options;
    this.#opossum = new Opossum(async (action: Action) => action(), settings(options));
    this.#opossum.on('failure', (error) => {
      this.#lastError = error;
    });
    this.#opossum.on('timeout', (error) => this.#timedOut(error));
    this.#opossum.on('success', () => {
      this.#timeoutsInARow = 0;
    });
    this.#opossum.on('open', () => this.#opened());
    this.#opossum.on('halfOpen', () => this.#planProbe());
    this.#opossum.on('close', () => this.#closed());
  }

  get availability(): Availability {
    if (!this.#outage) return { available: true };
    const { since, probeAt, reason } = this.#outage;
    const left = Math.ceil(probeAt - this.#options.clock.monotonic());
    return { available: false, since, reason, retryAfterMs: Math.max(LEAST_RETRY_AFTER_MS, left) };
  }

  /** Resolves when the outage is over; undefined when there is none. */
  get recovered(): Promise<void> | undefined {
    return this.#outage?.over.promise;
  }

  /** Makes a call that counts. What is still under way when its time is up is aborted. */
  async fire<Result>(action: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
    const abort = new AbortController();
    if (this.#opossum.isShutdown) return action(abort.signal);
    try {
      return (await this.#opossum.fire(async () => action(abort.signal))) as Result;
    } catch (error) {
      abort.abort(error);
      throw error;
    }
  }

  /** Opens without failures of its own: somebody else had them. */
  suspect(reason: string): void {
    this.#lastError = reason;
    this.#opossum.open();
  }

  /**
   * Looks while closed, which counts as a call does. Resolves to whether the service is there, and never rejects. A service that
   * says only that the look came too fast is there: callers are not to be refused for it.
   */
  async check(): Promise<boolean> {
    const { probe, isFailure } = this.#options;
    try {
      await this.fire(async (signal) =>
        probe(signal).catch((error: unknown) => {
          if (isFailure(error) && !isThrottling(error)) throw error;
        }),
      );
      return true;
    } catch {
      return false;
    }
  }

  /** Probes now instead of when it is due, and closes when there is an answer. Never rejects. */
  async look(): Promise<void> {
    if (!this.#outage) return;
    const { probe, isFailure, options } = this.#options;
    const signal = AbortSignal.timeout(options.timeoutMs);
    try {
      await probe(signal);
    } catch (error) {
      if (isFailure(error)) return;
    }
    this.#opossum.close();
  }

  shutdown(): void {
    clearTimeout(this.#probeTimer);
    this.#opossum.shutdown();
    this.#outage?.over.resolve();
    this.#outage = undefined;
  }

  /** When nothing answers any more, failures come as slowly as timeouts, and a busy window would outvote them for long. */
  #timedOut(error: Error): void {
    this.#lastError = error;
    this.#timeoutsInARow += 1;
    if (this.#timeoutsInARow >= this.#options.options.volumeThreshold) this.#opossum.open();
  }

  #opened(): void {
    const { name, clock, log, options } = this.#options;
    const [now, reason] = [clock.monotonic(), String(this.#lastError)];
    this.#probeDelayMs = Math.round(options.probeIntervalMs * 2 * JITTER * clock.random());
    const times = { probeAt: now + openMs(options) + this.#probeDelayMs, reason };
    const event = this.#outage ? 'breaker.stayedOpen' : 'breaker.opened';
    this.#outage = {
      ...(this.#outage ?? {
        since: clock.now(),
        openedAt: now,
        over: Promise.withResolvers<void>(),
      }),
      ...times,
    };
    log.event(event, { breaker: name, reason, retryAfterMs: Math.ceil(times.probeAt - now) });
    this.#options.onOpened?.(reason);
  }

  #planProbe(): void {
    this.#probeTimer = setTimeout(() => this.#probe(), this.#probeDelayMs).unref();
  }

  #probe(): void {
    const { name, log, probe } = this.#options;
    log.event('breaker.halfOpened', { breaker: name, reason: 'it is time to look again' });
    // Opossum closes or opens by what comes of it.
    this.fire(probe).catch(() => undefined);
  }

  #closed(): void {
    const { name, clock, log } = this.#options;
    if (!this.#outage) return;
    const openMs = Math.round(clock.monotonic() - this.#outage.openedAt);
    log.event('breaker.closed', { breaker: name, reason: 'it answers again', openMs });
    clearTimeout(this.#probeTimer);
    this.#outage.over.resolve();
    this.#outage = undefined;
    this.#options.onClosed?.();
  }
}

function settings({ name, isFailure, options }: CircuitOptions): Opossum.Options<[Action]> {
  return {
    name,
    timeout: options.timeoutMs,
    resetTimeout: openMs(options),
    errorThresholdPercentage: options.errorPercentage,
    volumeThreshold: options.volumeThreshold,
    rollingCountTimeout: options.rollingWindowMs,
    errorFilter: (error: unknown) => !isFailure(error),
    rollingPercentilesEnabled: false,
    enableSnapshots: false,
  };
}

/** Until the earliest probe; the rest of its interval is left to chance. */
function openMs({ probeIntervalMs }: BreakerOptions): number {
  return Math.round(probeIntervalMs * (1 - JITTER));
}
