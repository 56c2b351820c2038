import type { LogLine } from '../../table/index.ts';
import { jsonBytes } from './cutText.ts';

/** What is kept of one attempt's log. */
const MOST_LINES = 100;
const MOST_BYTES = 16_384;

/** The last lines of a log. */
export class LogTail {
  readonly #kept: { readonly line: LogLine; readonly bytes: number }[] = [];
  #bytes = 0;
  #said = 0;

  /** Lines that were ever added. */
  get said(): number {
    return this.#said;
  }

  /** The oldest first. */
  get lines(): readonly LogLine[] {
    return this.#kept.map(({ line }) => line);
  }

  add(line: LogLine): void {
    const bytes = jsonBytes(line);
    this.#said += 1;
    this.#kept.push({ line, bytes });
    this.#bytes += bytes;
    while (this.#kept.length > MOST_LINES || this.#bytes > MOST_BYTES) {
      this.#bytes -= this.#kept.shift()?.bytes ?? 0;
    }
  }
}
