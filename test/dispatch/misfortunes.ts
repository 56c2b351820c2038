import type { VirtualClock } from '../fixtures/virtualClock.ts';

/** What happens to a write or a publish. The first two end the process; the others leave it alive. */
export const MISFORTUNES = [
  'diesBefore',
  'diesAfter',
  'isRefused',
  'losesAnswer',
  'stands',
] as const;

export type Misfortune = (typeof MISFORTUNES)[number];

export interface PlannedMisfortune {
  /** How many writes and publishes succeed before it, of all processes together. */
  readonly after: number;
  readonly kind: Misfortune;
}

/** A process as far as its death goes. */
export interface Mortal {
  isAlive: boolean;
}

/** Longer than a lease: somebody else leads by the time that it goes on. */
const STANDS_MS = 20_000;

/** Strikes processes at their writes and publishes, as planned, while it is on; from the end of the plan on, no more. */
export class Misfortunes {
  readonly #clock: VirtualClock;
  #left: readonly PlannedMisfortune[];
  isOn = false;

  constructor(planned: readonly PlannedMisfortune[], clock: VirtualClock) {
    this.#left = planned;
    this.#clock = clock;
  }

  async strike<T>(mortal: Mortal, act: () => Promise<T>): Promise<T> {
    const live = async () => {
      if (!mortal.isAlive) throw new Error('it is dead');
      return act();
    };
    switch (this.#next()) {
      case 'diesBefore':
        mortal.isAlive = false;
        break;
      case 'diesAfter':
        await live();
        mortal.isAlive = false;
        break;
      case 'isRefused':
        throw new Error('refused');
      case 'losesAnswer':
        await live();
        throw new Error('the answer was lost');
      case 'stands':
        await this.#clock.sleep(STANDS_MS);
        break;
      case undefined:
        break;
    }
    return live();
  }

  #next(): Misfortune | undefined {
    const [next, ...rest] = this.#left;
    if (!next || !this.isOn) return undefined;
    this.#left = next.after > 0 ? [{ ...next, after: next.after - 1 }, ...rest] : rest;
    return next.after > 0 ? undefined : next.kind;
  }
}
