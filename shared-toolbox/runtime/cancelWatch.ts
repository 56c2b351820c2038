import type { TaskId } from '../contract/index.ts';
import type { CancelNotice } from '../table/index.ts';
import { CancelledError } from './errors.ts';

export interface CancelWatchOptions {
  /** Tasks that are to end. May reject: they are asked for again. */
  readonly read: () => Promise<readonly CancelNotice[]>;
  /** Milliseconds between two looks while tasks run. */
  readonly everyMs: number;
}

/** Looks whether somebody wants the end of a task that runs here, and aborts its signal. */
export class CancelWatch {
  readonly #options: CancelWatchOptions;
  readonly #running = new Map<TaskId, AbortController>();
  readonly #timer: NodeJS.Timeout;
  #isLooking = false;

  constructor(options: CancelWatchOptions) {
    this.#options = options;
    this.#timer = setInterval(() => void this.look(), options.everyMs).unref();
  }

  /** The signal of a task that runs from now on; it aborts with a CancelledError. Dispose of it when the task runs no more. */
  begin(id: TaskId): Disposable & { readonly signal: AbortSignal } {
    const abort = new AbortController();
    this.#running.set(id, abort);
    const end = () => {
      // The same task may have begun again here, after its lease was lost.
      if (this.#running.get(id) === abort) this.#running.delete(id);
    };
    return { signal: abort.signal, [Symbol.dispose]: end };
  }

  /** Looks now. Never rejects. */
  async look(): Promise<void> {
    if (this.#isLooking || this.#running.size === 0) return;
    this.#isLooking = true;
    try {
      for (const { id, by } of await this.#options.read()) {
        this.#running.get(id)?.abort(new CancelledError(by));
      }
    } catch {
      // The table is away: its breaker says so, and the next look comes soon.
    } finally {
      this.#isLooking = false;
    }
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}
