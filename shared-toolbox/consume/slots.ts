/** A counting semaphore whose size can be changed: so many at the same time, further ones in the order of asking. */
export class Slots {
  #total: number;
  readonly #waiting: (() => void)[] = [];
  #taken = 0;
  #mostTaken = 0;
  #freed: (() => void)[] = [];

  constructor(total: number) {
    this.#total = total;
  }

  get total(): number {
    return this.#total;
  }

  get taken(): number {
    return this.#taken;
  }

  /** The most that were taken at the same time since this was last asked. */
  mostTaken(): number {
    const most = this.#mostTaken;
    this.#mostTaken = this.#taken;
    return most;
  }

  /** Fewer take effect as slots are given back: nothing that runs is disturbed. */
  resize(total: number): void {
    this.#total = total;
    this.#admit();
  }

  /** Resolves to the number of free slots as soon as there is one that nobody waits for. */
  async whenFree(): Promise<number> {
    while (this.#free() <= 0) await new Promise<void>((resolve) => this.#freed.push(resolve));
    return this.#free();
  }

  /** Takes a slot; resolves to the function that gives it back. */
  async take(): Promise<() => void> {
    const admitted = new Promise<void>((resolve) => this.#waiting.push(resolve));
    this.#admit();
    await admitted;
    return () => this.#giveBack();
  }

  #giveBack(): void {
    this.#taken -= 1;
    this.#admit();
  }

  /** Hands free slots to whoever waits longest, so that nobody can take them in between. */
  #admit(): void {
    while (this.#taken < this.#total) {
      const next = this.#waiting.shift();
      if (!next) break;
      this.#taken += 1;
      next();
    }
    this.#mostTaken = Math.max(this.#mostTaken, this.#taken);
    if (this.#free() > 0) for (const wake of this.#freed.splice(0)) wake();
  }

  /** Not counting those that somebody waits for. Below 0 after the size has shrunk. */
  #free(): number {
    return this.#total - this.#taken - this.#waiting.length;
  }
}
