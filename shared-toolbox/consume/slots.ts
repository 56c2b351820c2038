/** A counting semaphore: so many at the same time, further ones in the order of asking. */
export class Slots {
  #total: number;
  readonly #waiting: (() => void)[] = [];
  #taken = 0;
  #freed: (() => void)[] = [];

  constructor(total: number) {
    this.#total = total;
  }

  get taken(): number {
    return this.#taken;
  }

  get total(): number {
    return this.#total;
  }

  /** From now on so many. Those that are taken beyond them stay taken until they are given back. */
  resize(total: number): void {
    this.#total = total;
    while (this.#taken < total && this.#waiting.length > 0) {
      this.#taken += 1;
      this.#waiting.shift()?.();
    }
    this.#wake();
  }

  /** Resolves to the number of free slots as soon as there is one that nobody waits for. */
  async whenFree(): Promise<number> {
    while (this.#taken + this.#waiting.length >= this.#total) {
      await new Promise<void>((resolve) => this.#freed.push(resolve));
    }
    return this.#total - this.#taken - this.#waiting.length;
  }

  /** Takes a slot; resolves to the function that gives it back. */
  async take(): Promise<() => void> {
    if (this.#taken < this.#total) this.#taken += 1;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    return () => this.#giveBack();
  }

  /** Hands the slot to whoever waits longest, so that nobody can take it in between. */
  #giveBack(): void {
    const next = this.#taken > this.#total ? undefined : this.#waiting.shift();
    if (next) return next();
    this.#taken -= 1;
    this.#wake();
  }

  #wake(): void {
    for (const wake of this.#freed.splice(0)) wake();
  }
}
