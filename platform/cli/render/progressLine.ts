import { clearLine, cursorTo } from 'node:readline';
import type { Output } from '../deps.ts';

/** A line of a terminal that is written over and over. On anything but a terminal nothing is written. */
export class ProgressLine {
  readonly #stream: Output;

  constructor(stream: Output) {
    this.#stream = stream;
  }

  /** `text` gives a text of at most so many columns. */
  draw(text: (columns: number) => string): void {
    if (!this.#stream.isTTY) return;
    // The last column stays free: writing into it makes some terminals go to the next line.
    // A terminal that does not know its width says 0.
    const line = text((this.#stream.columns || 80) - 1);
    cursorTo(this.#stream, 0);
    this.#stream.write(line);
    clearLine(this.#stream, 1);
  }

  erase(): void {
    if (!this.#stream.isTTY) return;
    cursorTo(this.#stream, 0);
    clearLine(this.#stream, 0);
  }
}
