import type { Clock } from '../../clock.ts';
import { publishedAt, type Worker } from '../../contract/index.ts';
import type { Log, LogLevel } from '../../log/index.ts';
import { expiryOf, packLines, putLog, type TaskTable } from '../../table/index.ts';
import type { Attempt } from '../attempt.ts';
import type { Outcome } from '../outcome.ts';
import { InputSecrets } from '../inputSecrets.ts';
import { type LogPart, LogReport } from './logReport.ts';

/** Where a handler's lines go beside the worker's own log. */
export interface KeptLines {
  say(level: LogLevel, message: string, fields: object | undefined): void;
  /** The attempt has ended. Never rejects. */
  end(kind: Outcome['kind']): Promise<void>;
}

export interface LogKeeperOptions {
  /** Not behind a breaker: what fails here is no reason to stop receiving tasks. */
  readonly table: TaskTable;
  /** What it says holds for tasks that say nothing themselves. */
  readonly worker: Pick<Worker, 'log'>;
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Pick<Log, 'event' | 'writes'>;
}

/** How long a write may take; the next one has its lines too. */
const WRITE_WITHIN_MS = 5_000;

/** Bytes of an item without its lines. */
const BASE_BYTES = 100;
const UNIT_BYTES = 1_024;

const NOT_KEPT: KeptLines = { say: () => undefined, end: async () => undefined };

/** Keeps in the table the end of what each attempt says. No task waits for it or fails over it: what cannot be written is said once. */
export class LogKeeper {
  readonly #options: LogKeeperOptions;
  #hasFailed = false;

  constructor(options: LogKeeperOptions) {
    this.#options = options;
  }

  begin(attempt: Attempt): KeptLines {
    const { worker, clock, log } = this.#options;
    const { task, message } = attempt;
    if (!(task.log ?? worker.log)) return NOT_KEPT;
    const report = new LogReport({
      now: clock.now,
      secrets: () => new InputSecrets(task, message.input),
      write: async (part) => this.#write(attempt, part),
    });
    return {
      say: (level, text, fields) => {
        // They would push out what matters, where nobody wants them.
        if (level !== 'debug' || log.writes(level)) report.say(level, text, fields);
      },
      end: async (kind) => report.end(kind),
    };
  }

  async #write({ message, task, number, token }: Attempt, { said, lines }: LogPart) {
    const { table, clock } = this.#options;
    const { id } = message;
    const packed = packLines(lines);
    const createdAt = publishedAt(message);
    const times = { createdAt, endedAt: clock.now(), retentionMs: task.retentionMs };
    const log = { id, attempt: number, token, said, packed, expiresAt: expiryOf(times) };
    try {
      await putLog(table, log, AbortSignal.timeout(WRITE_WITHIN_MS));
      this.#hasFailed = false;
    } catch (error) {
      if (!this.#hasFailed) this.#options.log.event('log.failed', { error: String(error) });
      this.#hasFailed = true;
    }
    return Math.ceil((BASE_BYTES + packed.length) / UNIT_BYTES);
  }
}
