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
  /** The handler's: aborts with the attempt's own signal, and at either limit. Never after `clear`: a handler that has returned is told nothing. */
  readonly signal: AbortSignal;
  /** Aborts with the attempt's own signal, and at the hard limit: from then on nobody waits for the handler. */
  readonly end: AbortSignal;
  readonly #timers: NodeJS.Timeout[];
  readonly #isOver: () => boolean;
  readonly #limitMs: number;
  readonly #fallSilent: () => void;

  constructor({ task, outer, clock }: TimeLimitsOptions) {
    const { softTimeLimitMs, timeLimitMs } = task;
    const startedAt = clock.monotonic();
    this.#limitMs = timeLimitMs;
    // Not the timer: a handler that never yields keeps it from firing, and has had its time all the same.
    this.#isOver = () => clock.monotonic() - startedAt > timeLimitMs;
    const soft = new AbortController();
    const hard = new AbortController();
    this.end = AbortSignal.any([outer, hard.signal]);
    const heard = AbortSignal.any([outer, soft.signal, hard.signal]);
    const told = new AbortController();
    this.signal = told.signal;
    const tell = () => told.abort(heard.reason);
    if (heard.aborted) tell();
    else heard.addEventListener('abort', tell, { once: true });
    this.#fallSilent = () => heard.removeEventListener('abort', tell);
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
    this.#fallSilent();
  }
}
