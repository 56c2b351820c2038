import type { TaskResultRecord } from '../contract/index.ts';

type Progress = NonNullable<TaskResultRecord['progress']>;

/** Least time between two writes of an attempt's progress. */
const WRITE_EVERY_MS = 1_000;

/**
 * Coalesces a handler's progress into at most one write a second. A task that ends sooner costs none: its last progress
 * is written with its result.
 */
export class ProgressReport {
  readonly #write: (progress: Progress) => Promise<void>;
  #latest: Progress | undefined;
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> = Promise.resolve();

  constructor(write: (progress: Progress) => Promise<void>) {
    this.#write = write;
  }

  get latest(): Progress | undefined {
    return this.#latest;
  }

  report(fraction: number, note: string | undefined): void {
    const within = Math.min(1, Math.max(0, Number.isFinite(fraction) ? fraction : 0));
    this.#latest = { fraction: within, note };
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#writing = this.#latest ? this.#write(this.#latest) : this.#writing;
    }, WRITE_EVERY_MS);
  }

  /** Ends reporting; resolves when no write is under way, so that none can come after the result. */
  async end(): Promise<void> {
    clearTimeout(this.#timer);
    await this.#writing;
  }
}
