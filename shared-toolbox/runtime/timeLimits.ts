import type { Clock, Timer } from '../clock.ts';
import type { Task } from '../contract/index.ts';
import { TimeLimitError } from './errors.ts';

export interface TimeLimitsOptions {
  readonly task: Pick<Task, 'softTimeLimitMs' | 'timeLimitMs'>;
  /** The attempt's own signal. */
  readonly outer: AbortSignal;
  readonly clock: Pick<Clock, 'timer'>;
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
  readonly #hard: Timer;
  readonly #soft: Timer | undefined;
  readonly #limitMs: number;
  readonly #fallSilent: () => void;

  constructor({ task, outer, clock }: TimeLimitsOptions) {
    const { softTimeLimitMs, timeLimitMs } = task;
    this.#limitMs = timeLimitMs;
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
    this.#hard = clock.timer(timeLimitMs, () => hard.abort(new TimeLimitError(timeLimitMs)));
    if (softTimeLimitMs !== undefined) {
      const atWarning = () => soft.abort(new TimeLimitError(softTimeLimitMs));
      this.#soft = clock.timer(softTimeLimitMs, atWarning);
    }
  }

  throwIfOver(): void {
    if (this.end.reason instanceof TimeLimitError) throw this.end.reason;
    // A handler that never yields keeps the timer from firing, and has had its time all the same.
    if (this.#hard.isOver()) throw new TimeLimitError(this.#limitMs);
  }

  clear(): void {
    this.#hard.stop();
    this.#soft?.stop();
    this.#fallSilent();
  }
}
