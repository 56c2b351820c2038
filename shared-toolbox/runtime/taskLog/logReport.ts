import type { LogLevel } from '../../log/index.ts';
import type { LogLine } from '../../table/index.ts';
import type { Outcome } from '../outcome.ts';
import type { InputSecrets } from '../inputSecrets.ts';
import { lineOf, unreadableLine } from './lineOf.ts';
import { LogTail } from './logTail.ts';

/** From a line to its write, and so at least between two writes: a shorter task costs no write, one that goes on is seen to. */
const WRITE_AFTER_MS = 5_000;

/** A log that takes more write units than this has seconds is written so much more seldom. */
const MS_PER_WRITE_UNIT = 1_000;

/** What people ask about first, and what the log may tell alone. */
const BAD_ENDS: ReadonlySet<Outcome['kind']> = new Set(['failed', 'retrying', 'cancelled']);

/** What is to be written of an attempt's log. */
export interface LogPart {
  readonly said: number;
  readonly lines: readonly LogLine[];
}

export interface LogReportOptions {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Asked for with the first line: most attempts say nothing. */
  readonly secrets: () => InputSecrets;
  /** Keeps the lines instead of those before. Resolves to the write units that it took. Must not reject. */
  readonly write: (part: LogPart) => Promise<number>;
}

/** Keeps the end of what one attempt says, and has it written every now and then: for people, never in the way of the task. */
export class LogReport {
  readonly #options: LogReportOptions;
  readonly #tail = new LogTail();
  #secrets: InputSecrets | undefined;
  #timer: NodeJS.Timeout | undefined;
  #pauseMs = WRITE_AFTER_MS;
  #written = 0;
  #ended = false;
  #writing: Promise<void> = Promise.resolve();

  constructor(options: LogReportOptions) {
    this.#options = options;
  }

  /** Never throws. */
  say(level: LogLevel, message: unknown, fields: unknown): void {
    // A handler that goes on after its attempt has ended has nothing more to say.
    if (this.#ended) return;
    this.#tail.add(this.#lineOf(level, message, fields));
    this.#timer ??= setTimeout(() => this.#writeNew(), this.#pauseMs);
  }

  /** The last write, if people look at this log already or have reason to; resolves when none is under way. Never rejects. */
  async end(kind: Outcome['kind']): Promise<void> {
    this.#ended = true;
    clearTimeout(this.#timer);
    if (kind !== 'lost' && (this.#written > 0 || BAD_ENDS.has(kind))) this.#writeNew();
    await this.#writing;
  }

  #lineOf(level: LogLevel, message: unknown, fields: unknown): LogLine {
    const at = this.#options.now();
    try {
      this.#secrets ??= this.#options.secrets();
      return lineOf({ at, level, message, fields }, this.#secrets);
    } catch {
      // Such as a message that is no text and cannot become one.
      return unreadableLine(at, level);
    }
  }

  #writeNew(): void {
    this.#timer = undefined;
    const { said, lines } = this.#tail;
    if (said === this.#written) return;
    this.#written = said;
    this.#writing = this.#writing.then(async () => {
      const units = await this.#options.write({ said, lines });
      this.#pauseMs = Math.max(WRITE_AFTER_MS, units * MS_PER_WRITE_UNIT);
    });
  }
}
