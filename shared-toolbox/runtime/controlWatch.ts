import type { TaskId } from '../contract/index.ts';
import type { Control, ReadControlOptions } from '../table/index.ts';
import { CancelledError } from './errors.ts';

export interface ControlWatchOptions {
  /** What the worker is told. May reject: it is asked for again. */
  readonly read: (options: ReadControlOptions) => Promise<Control>;
  /** Milliseconds between two looks while tasks run. */
  readonly everyMs: number;
}

/**
 * Reads what the worker is told, for whoever here wants to know: one read serves them all. By itself it looks while tasks run, and
 * aborts the signal of a task whose end somebody wants.
 */
export class ControlWatch {
  readonly #options: ControlWatchOptions;
  readonly #running = new Map<TaskId, AbortController>();
  readonly #timer: NodeJS.Timeout;
  #onControl: (control: Control) => void = () => undefined;
  #isLooking = false;

  constructor(options: ControlWatchOptions) {
    this.#options = options;
    this.#timer = setInterval(() => void this.look(), options.everyMs).unref();
  }

  /** Calls with whatever is read from now on. */
  listen(onControl: (control: Control) => void): void {
    this.#onControl = onControl;
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

  /** Looks now, if tasks run. Never rejects. */
  async look(): Promise<void> {
    if (this.#isLooking || this.#running.size === 0) return;
    this.#isLooking = true;
    try {
      await this.read();
    } catch {
      // The table is away: its breaker says so, and the next look comes soon.
    } finally {
      this.#isLooking = false;
    }
  }

  /** Reads now, whether tasks run or not. Rejects when the table does. */
  async read(options: ReadControlOptions = {}): Promise<void> {
    const control = await this.#options.read(options);
    for (const { id, by } of control.cancels) {
      this.#running.get(id)?.abort(new CancelledError(by));
    }
    this.#onControl(control);
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}
