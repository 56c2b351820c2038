import { styleText } from 'node:util';
import { createLogUpdate } from 'log-update';

/** Where everything that a person reads is written: lines that stay, and a live part below them on a terminal. */
export interface Screen {
  /** Writes a line that stays, above the live part. */
  line(text: string): void;
  /** Writes a line that is of interest only while nothing else is shown. */
  aside(text: string): void;
  /** While true, asides are left out. */
  setFocused(isFocused: boolean): void;
  /** Shows these lines as the live part, in place of the last ones. Nothing on a pipe: there, only lines that stay. */
  live(lines: readonly string[]): void;
  paint(style: Style, text: string): string;
}

export type Style = 'bold' | 'dim' | 'green' | 'red' | 'yellow' | 'cyan';

export function createScreen(stream: NodeJS.WriteStream): Screen {
  const isLive = stream.isTTY;
  const update = createLogUpdate(stream);
  let shown: readonly string[] = [];
  let isFocused = false;
  const line = (text: string) => {
    if (shown.length > 0) update.clear();
    stream.write(`${text}\n`);
    if (shown.length > 0) update(shown.join('\n'));
  };
  return {
    line,
    aside: (text) => {
      if (!isFocused) line(text);
    },
    setFocused: (focused) => {
      isFocused = focused;
    },
    // styleText knows whether the stream takes colours, and NO_COLOR and FORCE_COLOR.
    paint: (style, text) => styleText(style, text, { stream }),
    live: (lines) => {
      if (!isLive) return;
      shown = lines;
      if (lines.length === 0) update.clear();
      else update(lines.join('\n'));
    },
  };
}
