import type { CliDeps } from '../deps.ts';

/** The alternate screen is left as it was entered, with all that scrolled by before it (invisible-island.net/xterm/ctlseqs). */
const ENTER = '\u001b[?1049h\u001b[?25l';
const LEAVE = '\u001b[?25h\u001b[?1049l';
const HOME = '\u001b[H';
const CLEAR_LINE = '\u001b[K';
const CLEAR_BELOW = '\u001b[J';

export interface ScreenEvents {
  /** A key was pressed. In this mode Ctrl-C is one too: `\u0003`. */
  readonly onKey: (key: string) => void;
  readonly onResize: () => void;
}

/** A terminal that is drawn over and over, and is what it was before once it is left, however the process ends. */
export class LiveScreen {
  readonly #deps: Pick<CliDeps, 'stdin' | 'stdout' | 'signals'>;
  readonly #events: ScreenEvents;
  readonly #onData = (data: unknown) => {
    for (const key of String(data)) this.#events.onKey(key);
  };
  readonly #leave = () => this.leave();
  #isEntered = false;

  constructor(deps: Pick<CliDeps, 'stdin' | 'stdout' | 'signals'>, events: ScreenEvents) {
    this.#deps = deps;
    this.#events = events;
  }

  enter(): void {
    const { stdin, stdout, signals } = this.#deps;
    this.#isEntered = true;
    signals.once('exit', this.#leave);
    stdout.write(ENTER);
    stdout.on('resize', this.#events.onResize);
    if (!stdin.isTTY) return;
    stdin.setRawMode?.(true);
    stdin.on('data', this.#onData);
  }

  draw(lines: readonly string[]): void {
    if (!this.#isEntered) return;
    const text = lines.map((line) => `${line}${CLEAR_LINE}`).join('\r\n');
    this.#deps.stdout.write(`${HOME}${text}${CLEAR_BELOW}`);
  }

  leave(): void {
    if (!this.#isEntered) return;
    this.#isEntered = false;
    const { stdin, stdout, signals } = this.#deps;
    signals.off('exit', this.#leave);
    stdout.off('resize', this.#events.onResize);
    stdout.write(LEAVE);
    if (!stdin.isTTY) return;
    stdin.off('data', this.#onData);
    stdin.setRawMode?.(false);
    // Else it keeps the process alive.
    stdin.pause();
  }
}
