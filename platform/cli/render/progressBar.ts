import type { TaskRecord } from '@taskfleet/toolbox/contract';
import type { Output } from '../deps.ts';
import { fitWidth, plainText } from './plainText.ts';
import { ProgressLine } from './progressLine.ts';

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

/** Draws how far a task is, over and over on the same line. */
export class ProgressBar {
  readonly #line: ProgressLine;

  constructor(stream: Output) {
    this.#line = new ProgressLine(stream);
  }

  draw(record: TaskRecord | undefined): void {
    this.#line.draw((columns) => progressLine(record, columns));
  }

  erase(): void {
    this.#line.erase();
  }
}
