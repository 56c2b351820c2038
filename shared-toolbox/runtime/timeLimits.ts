import type { Task } from '../contract/index.ts';
import { TimeLimitError } from './errors.ts';

/**
 * The time limits of one attempt. The soft one only aborts the signal: a handler that then returns has succeeded. After
 * the hard one the attempt has failed, whatever the handler returns.
 */
export class TimeLimits {
  /** Aborts with the attempt's own signal, and at either limit. */
  readonly signal: AbortSignal;
  readonly #timers: NodeJS.Timeout[];
  #over: TimeLimitError | undefined;

  constructor(task: Pick<Task, 'softTimeLimitMs' | 'timeLimitMs'>, outer: AbortSignal) {
    const { softTimeLimitMs, timeLimitMs } = task;
    const limit = new AbortController();
    this.signal = AbortSignal.any([outer, limit.signal]);
    const hard = setTimeout(() => {
      this.#over = new TimeLimitError(timeLimitMs);
      limit.abort(this.#over);
    }, timeLimitMs);
    this.#timers = [hard];
    if (softTimeLimitMs !== undefined) {
      const soft = () => limit.abort(new TimeLimitError(softTimeLimitMs));
      this.#timers.push(setTimeout(soft, softTimeLimitMs));
    }
  }

  throwIfOver(): void {
    if (this.#over) throw this.#over;
  }

  clear(): void {
    for (const timer of this.#timers) clearTimeout(timer);
  }
}
