import type { Clock } from '../clock.ts';
import type { Log } from '../log/index.ts';
import type { Availability } from './availability.ts';
import { type BreakerOptions, breakerOptions } from './breakerOptions.ts';
import { Circuit } from './circuit.ts';
import { BreakerOpenError } from './errors.ts';
import { isOutage } from './isOutage.ts';
import { lookWhileIdle } from './lookWhileIdle.ts';
import type { OutageBoard } from './outageBoard.ts';
import { shareOutages } from './shareOutages.ts';

export interface CreateBreaker<Args extends unknown[], Result> {
  /** What it stands before, for people: `topic`, `table`. */
  readonly name: string;
  /** The guarded call. The signal aborts when its time is up. */
  readonly call: (signal: AbortSignal, ...args: Args) => Promise<Result>;
  /** A cheap call that changes nothing. It is made while the breaker is open, so that no user's call is spent on looking. */
  readonly probe: (signal: AbortSignal) => Promise<unknown>;
  /** Whether a call failed because the service is not there. Also for the probe: any other answer closes. Default isOutage. */
  readonly isFailure?: (error: unknown) => boolean;
  readonly options?: Partial<BreakerOptions> | undefined;
  /** Where it tells other processes of an outage, and hears of theirs. Default: it keeps to itself. */
  readonly board?: OutageBoard | undefined;
  readonly clock: Pick<Clock, 'now' | 'monotonic' | 'random' | 'randomBytes'>;
  readonly log: Pick<Log, 'event'>;
}

/** A breaker without its call: what whoever waits for it needs. */
export interface BreakerState {
  readonly availability: () => Availability;
  /** Undefined while calls are made; otherwise resolves when they are made again. Never rejects. */
  readonly whenAvailable: () => Promise<void> | undefined;
  /** Ends its timers and lets everybody pass from now on. */
  readonly close: () => void;
}

export interface Breaker<Args extends unknown[], Result> extends BreakerState {
  /** Makes the call. Throws BreakerOpenError at once while open, and what the call throws otherwise. */
  readonly call: (...args: Args) => Promise<Result>;
  /**
   * As `availability()`, for who asks again and again and may call nothing, such as a page with a button: while no call is answered,
   * asking makes a look in the background each `probeIntervalMs`, which counts as a call does.
   */
  readonly watch: () => Availability;
  /** As given, with the defaults. */
  readonly options: BreakerOptions;
}

/**
 * Makes a breaker: closed, it counts; open, it refuses at once and looks by itself whether the service is back. Its timers
 * keep no process alive. Throws ConfigError for options out of bounds.
 */
export function createBreaker<Args extends unknown[], Result>(
  breaker: CreateBreaker<Args, Result>,
): Breaker<Args, Result> {
  const { name, call, isFailure = isOutage, board, clock } = breaker;
  const options = breakerOptions(name, breaker.options);
  const circuit = new Circuit({
    ...breaker,
    isFailure,
    options,
    onOpened: (reason) => sharing?.opened(reason),
    onClosed: () => sharing?.closed(),
  });
  const sharing = board && shareOutages({ circuit, board, clock, validMs: validMs(options) });
  const availability = () => {
    sharing?.used();
    return circuit.availability;
  };
  const idle = lookWhileIdle({
    circuit,
    clock,
    everyMs: options.probeIntervalMs,
    mostLooks: options.volumeThreshold,
  });
  return {
    options,
    call: async (...args) => {
      sharing?.used();
      const { availability } = circuit;
      if (!availability.available) {
        throw new BreakerOpenError(name, availability.retryAfterMs, availability.reason);
      }
      const result = await circuit.fire(async (signal) => call(signal, ...args));
      idle.answered();
      return result;
    },
    availability,
    watch: () => {
      idle.asked();
      return availability();
    },
    whenAvailable: () => circuit.recovered,
    close: () => {
      sharing?.stop();
      circuit.shutdown();
    },
  };
}

/** Until two looks have come to nothing, each as late and as slow as it can be. */
function validMs({ probeIntervalMs, timeoutMs }: BreakerOptions): number {
  return 3 * (probeIntervalMs + timeoutMs);
}
