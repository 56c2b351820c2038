import { clearLine, cursorTo } from 'node:readline';
import type { TaskRecord } from '@taskfleet/toolbox/contract';
import type { Output } from '../deps.ts';
import { fitWidth, plainText } from './plainText.ts';

const BAR_COLUMNS = 24;

/** One line of at most so many columns: `[######······]  50% running: medium`. Pure. */
export function progressLine(record: TaskRecord | undefined, columns: number): string {
  const { state = 'queued', progress } = record ?? {};
  const fraction = state === 'succeeded' ? 1 : (progress?.fraction ?? 0);
  const done = Math.round(fraction * BAR_COLUMNS);
  const bar = `${'#'.repeat(done)}${'·'.repeat(BAR_COLUMNS - done)}`;
  const percent = `${Math.floor(fraction * 100)}%`.padStart(4);
  const note = progress?.note === undefined ? '' : `: ${plainText(progress.note)}`;
  return fitWidth(`[${bar}] ${percent} ${state}${note}`, columns);
}

/** Draws how far a task is, over and over on the same line. On anything but a terminal it draws nothing. */
export class ProgressBar {
  readonly #stream: Output;

  constructor(stream: Output) {
    this.#stream = stream;
  }

  draw(record: TaskRecord | undefined): void {
    if (!this.#stream.isTTY) return;
    // The last column stays free: writing into it makes some terminals go to the next line.
    // A terminal that does not know its width says 0.
    const line = progressLine(record, (this.#stream.columns || 80) - 1);
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
