import { styleText } from 'node:util';
import { createLogUpdate } from 'log-update';

/** Where everything that a person reads is written: lines that stay, and a live part below them on a terminal. */
export interface Screen {
  /** Writes a line that stays, above the live part. */
  line(text: string): void;
  /** Shows these lines as the live part, in place of the last ones. Nothing on a pipe: there, only lines that stay. */
  live(lines: readonly string[]): void;
  /** Whether live lines are seen. */
  readonly isLive: boolean;
  paint(style: Style, text: string): string;
}

export type Style = 'bold' | 'dim' | 'green' | 'red' | 'yellow' | 'cyan';

export function createScreen(stream: NodeJS.WriteStream): Screen {
  const isLive = stream.isTTY;
  const update = createLogUpdate(stream);
  let shown: readonly string[] = [];
  return {
    isLive,
    // styleText knows whether the stream takes colours, and NO_COLOR and FORCE_COLOR.
    paint: (style, text) => styleText(style, text, { stream }),
    live: (lines) => {
      if (!isLive) return;
      shown = lines;
      if (lines.length === 0) update.clear();
      else update(lines.join('\n'));
    },
    line: (text) => {
      if (shown.length > 0) update.clear();
      stream.write(`${text}\n`);
      if (shown.length > 0) update(shown.join('\n'));
    },
  };
}
