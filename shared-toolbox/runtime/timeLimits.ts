import type { Task } from '../contract/index.ts';
import { TimeLimitError } from './errors.ts';

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
  #over: TimeLimitError | undefined;

  constructor(task: Pick<Task, 'softTimeLimitMs' | 'timeLimitMs'>, outer: AbortSignal) {
    const { softTimeLimitMs, timeLimitMs } = task;
    const soft = new AbortController();
    const hard = new AbortController();
    this.end = AbortSignal.any([outer, hard.signal]);
    this.signal = AbortSignal.any([outer, soft.signal, hard.signal]);
    const atEnd = () => {
      this.#over = new TimeLimitError(timeLimitMs);
      hard.abort(this.#over);
    };
    this.#timers = [setTimeout(atEnd, timeLimitMs)];
    if (softTimeLimitMs !== undefined) {
      const atWarning = () => soft.abort(new TimeLimitError(softTimeLimitMs));
      this.#timers.push(setTimeout(atWarning, softTimeLimitMs));
    }
  }

  throwIfOver(): void {
    if (this.#over) throw this.#over;
  }

  clear(): void {
    for (const timer of this.#timers) clearTimeout(timer);
  }
}
