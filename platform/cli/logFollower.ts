import type { Clock } from '@taskfleet/toolbox/clock';
import type { TaskId } from '@taskfleet/toolbox/contract';
import type { LogPage, Reader } from '../reader/index.ts';
import { isUnknownId } from '../isUnknownId.ts';

/** Workers write what their tasks say every five seconds. */
const LOOK_EVERY_MS = 2_000;

const LAST_LINES_AFTER_MS = 500;

export interface LogFollowerOptions {
  readonly reader: Pick<Reader, 'log'>;
  readonly clock: Pick<Clock, 'sleep'>;
  readonly id: TaskId;
  /** Given what is new, whenever there is something. */
  readonly tell: (page: LogPage) => void;
}

/** Looks again and again at what a task says, until it is stopped. */
export class LogFollower {
  readonly #options: LogFollowerOptions;
  readonly #stopping = new AbortController();
  readonly #looking: Promise<void>;
  #cursor: string | undefined;

  constructor(options: LogFollowerOptions) {
    this.#options = options;
    this.#looking = this.#lookOn();
    // It is told when it is stopped.
    this.#looking.catch(() => undefined);
  }

  /** Looks a last time, unless nobody waits for it any more. Rejects when the log could not be read. */
  async stop(interrupted: AbortSignal): Promise<void> {
    this.#stopping.abort();
    if (interrupted.aborted) return;
    await this.#looking;
    // The record of a task's end and its last lines are written at the same time.
    await this.#options.clock.sleep(LAST_LINES_AFTER_MS, interrupted).catch(() => undefined);
    await this.#look();
  }

  async #lookOn(): Promise<void> {
    const { clock } = this.#options;
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      await this.#look();
      await clock.sleep(LOOK_EVERY_MS, signal).catch(() => undefined);
    }
  }

  async #look(): Promise<void> {
    const { reader, id, tell } = this.#options;
    try {
      const page = await reader.log({ id, after: this.#cursor });
      this.#cursor = page.cursor;
      if (page.lines.length > 0) tell(page);
    } catch (error) {
      // It was scheduled just now.
      if (!isUnknownId(error)) throw error;
    }
  }
}
