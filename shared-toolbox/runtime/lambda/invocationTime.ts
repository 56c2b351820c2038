import { WorkerStoppingError } from '../errors.ts';

/**
 * What is left for the end of an invocation: a handler has five seconds to end once its signal aborts, the record may take as
 * long until its breaker gives up, and the messages have to be made visible.
 */
export const RELEASE_BEFORE_END_MS = 15_000;

/** By Lambda's own count, which follows the wall clock, and may jump with it: it is asked again and again. */
const LOOK_EVERY_MS = 500;

/** The time of one invocation: it is over while there is still enough to release what runs. */
export class InvocationTime implements Disposable {
  readonly #remainingMs: () => number;
  readonly #stopping = new AbortController();
  readonly #looking: NodeJS.Timeout;

  constructor(remainingMs: () => number) {
    this.#remainingMs = remainingMs;
    this.#looking = setInterval(() => this.isOver(), LOOK_EVERY_MS);
  }

  /** Aborts when the time is over, with a WorkerStoppingError. */
  get stopping(): AbortSignal {
    return this.#stopping.signal;
  }

  /** Until Lambda ends the invocation. */
  get remainingMs(): number {
    return this.#remainingMs();
  }

  /** Looks at the time, not at the timer: a handler that blocks the process keeps that from firing. */
  isOver(): boolean {
    if (this.remainingMs <= RELEASE_BEFORE_END_MS) {
      this.#stopping.abort(new WorkerStoppingError("the invocation's time is over"));
    }
    return this.#stopping.signal.aborted;
  }

  [Symbol.dispose](): void {
    clearInterval(this.#looking);
  }
}
