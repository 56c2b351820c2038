import type { Clock } from '../clock.ts';

/**
 * How long may still be waited for the topic. A caller waits for as long as one call may take, counted from the last sign of life:
 * whoever stood behind calls that came to nothing does not wait for a whole one more.
 */
export class Patience {
  readonly #clock: Pick<Clock, 'monotonic'>;
  readonly #wholeMs: number;
  #answeredAt = -Infinity;

  constructor(clock: Pick<Clock, 'monotonic'>, wholeMs: number) {
    this.#clock = clock;
    this.#wholeMs = wholeMs;
  }

  /** The topic has answered. */
  renew(): void {
    this.#answeredAt = this.#clock.monotonic();
  }

  /** Milliseconds for those who have been waiting since then (monotonic). 0: none are left. */
  leftMs(since: number): number {
    const quietMs = this.#clock.monotonic() - Math.max(since, this.#answeredAt);
    return Math.max(0, Math.ceil(this.#wholeMs - quietMs));
  }
}
