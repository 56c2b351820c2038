import type { Clock } from '../clock.ts';

/** How long nothing has been heard, not counting the waiting that has a reason. Time is monotonic. */
export class Silence {
  readonly #clock: Pick<Clock, 'monotonic'>;
  #since: number;
  #excusedFrom: number | undefined;

  constructor(clock: Pick<Clock, 'monotonic'>) {
    this.#clock = clock;
    this.#since = clock.monotonic();
  }

  get ms(): number {
    return (this.#excusedFrom ?? this.#clock.monotonic()) - this.#since;
  }

  /** Something was heard. */
  broken(): void {
    this.#since = this.#clock.monotonic();
  }

  /** Lets the silence stand still until the promise settles. One at a time. */
  async excuse<Value>(waiting: Promise<Value>): Promise<Value> {
    const from = this.#clock.monotonic();
    this.#excusedFrom = from;
    try {
      return await waiting;
    } finally {
      this.#since += this.#clock.monotonic() - from;
      this.#excusedFrom = undefined;
    }
  }
}
