import type { TaskResultRecord } from '../contract/index.ts';
import type { InputSecrets } from './inputSecrets.ts';

type Progress = NonNullable<TaskResultRecord['progress']>;

/** From the first report to the first write: a shorter task costs no write, a longer one is seen to be under way. */
const FIRST_WRITE_AFTER_MS = 250;

/** Least time between two writes of an attempt's progress. */
const WRITE_EVERY_MS = 1_000;

/** Longest note kept, so that the record never outgrows an item. */
const LONGEST_NOTE = 1_000;

/** Coalesces a handler's progress into at most one write a second. The last progress is written with the result. */
export class ProgressReport {
  readonly #write: (progress: Progress) => Promise<void>;
  readonly #secrets: Pick<InputSecrets, 'redact'> | undefined;
  #latest: Progress | undefined;
  #timer: NodeJS.Timeout | undefined;
  #ended = false;
  #pauseMs = FIRST_WRITE_AFTER_MS;
  #writing: Promise<void> = Promise.resolve();

  /** `secrets` are not to be in a note. */
  constructor(
    write: (progress: Progress) => Promise<void>,
    secrets?: Pick<InputSecrets, 'redact'>,
  ) {
    this.#write = write;
    this.#secrets = secrets;
  }

  get latest(): Progress | undefined {
    return this.#latest;
  }

  report(fraction: number, note: string | undefined): void {
    // A handler that goes on after its attempt has ended has nothing more to report.
    if (this.#ended) return;
    const within = Math.min(1, Math.max(0, Number.isFinite(fraction) ? fraction : 0));
    const shown = note === undefined ? note : (this.#secrets?.redact(note) ?? note);
    this.#latest = { fraction: within, note: shown?.slice(0, LONGEST_NOTE) };
    this.#timer ??= setTimeout(() => this.#writeLatest(), this.#pauseMs);
  }

  /** Ends reporting; resolves when no write is under way, so that none can come after the result. */
  async end(): Promise<void> {
    this.#ended = true;
    clearTimeout(this.#timer);
    await this.#writing;
  }

  #writeLatest(): void {
    const progress = this.#latest;
    this.#timer = undefined;
    this.#pauseMs = WRITE_EVERY_MS;
    // One after the other: a slow write is not overtaken by the next.
    if (progress) this.#writing = this.#writing.then(async () => this.#write(progress));
  }
}
