import type { Clock } from '../clock.ts';
import type { Task } from '../contract/index.ts';
import { TimeLimitError } from './errors.ts';

export interface TimeLimitsOptions {
  readonly task: Pick<Task, 'softTimeLimitMs' | 'timeLimitMs'>;
  /** The attempt's own signal. */
  readonly outer: AbortSignal;
  readonly clock: Pick<Clock, 'monotonic'>;
}

/**
 * The time limits of one attempt. The soft one only aborts the signal: a handler that then returns has succeeded. After
 * the hard one the attempt has failed, whatever the handler returns.
 */
export class TimeLimits {
  /** Aborts with the attempt's own signal, and at either limit. */
  readonly signal: AbortSignal;
  /** Aborts with the attempt's own signal, and at the hard limit: from then on nobody waits for the handler. */
  readonly end: AbortSignal;
  readonly #timers: NodeJS.Timeout[];
  readonly #isOver: () => boolean;
  readonly #limitMs: number;

  constructor({ task, outer, clock }: TimeLimitsOptions) {
    const { softTimeLimitMs, timeLimitMs } = task;
    const startedAt = clock.monotonic();
    this.#limitMs = timeLimitMs;
    // Not the timer: a handler that never yields keeps it from firing, and has had its time all the same.
    this.#isOver = () => clock.monotonic() - startedAt > timeLimitMs;
    const soft = new AbortController();
    const hard = new AbortController();
    this.end = AbortSignal.any([outer, hard.signal]);
    this.signal = AbortSignal.any([outer, soft.signal, hard.signal]);
    const atEnd = () => hard.abort(new TimeLimitError(timeLimitMs));
    this.#timers = [setTimeout(atEnd, timeLimitMs)];
    if (softTimeLimitMs !== undefined) {
      const atWarning = () => soft.abort(new TimeLimitError(softTimeLimitMs));
      this.#timers.push(setTimeout(atWarning, softTimeLimitMs));
    }
  }

  throwIfOver(): void {
    if (this.end.reason instanceof TimeLimitError) throw this.end.reason;
    if (this.#isOver()) throw new TimeLimitError(this.#limitMs);
  }

  clear(): void {
    for (const timer of this.#timers) clearTimeout(timer);
  }
}
