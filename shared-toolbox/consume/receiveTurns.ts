import type { Clock } from '../clock.ts';
import { orAborted } from './orAborted.ts';
import type { Slots } from './slots.ts';
import { type Grant, WeightedTurns } from './weightedTurns.ts';

/** One receive that is due. */
export interface ReceiveTurn {
  /** Messages to ask for. */
  readonly maximum: number;
  /** How long to wait for them at most. Default: the queue's own poll time. */
  readonly waitSeconds?: number | undefined;
  /** Says how many came, 0 for a receive that failed; left out: none was made. */
  readonly end: (received?: number) => void;
}

/** Says when a consumer's receives are due. */
export interface ReceiveTurns {
  /** Resolves once a receive is due, or the signal aborts. */
  next(stopping: AbortSignal): Promise<ReceiveTurn>;
  /** A slot was given back. */
  freed(): void;
}

/** Of a consumer that has its slots for itself: a receive is due when one is free. */
export function ownTurns(slots: Slots): ReceiveTurns {
  return {
    next: async () => ({ maximum: await slots.whenFree(), end: () => undefined }),
    freed: () => undefined,
  };
}

export interface SharedTurnsOptions {
  /** Of each queue, the most urgent first. */
  readonly weights: readonly number[];
  /** Slots in which nothing runs. */
  readonly free: () => number;
  readonly clock: Pick<Clock, 'monotonic'>;
}

/** Seconds that a receive waits on an empty queue while others need the same slot. */
const BRIEFLY = 1;

const WAIT_SECONDS: Readonly<Record<Grant['wait'], number | undefined>> = {
  none: 0,
  brief: BRIEFLY,
  whole: undefined,
};

/** Of several consumers that share slots. A receive keeps the slots that it asks for until its messages have them. */
export class SharedTurns {
  readonly #options: SharedTurnsOptions;
  readonly #turns: WeightedTurns;
  readonly #asking = new Map<number, (grant: Grant) => void>();
  readonly #receiving = new Map<number, Grant>();

  constructor(options: SharedTurnsOptions) {
    this.#options = options;
    this.#turns = new WeightedTurns(options.weights);
  }

  /** Those of one queue. */
  of(queue: number): ReceiveTurns {
    return {
      next: async (stopping) => this.#next(queue, stopping),
      freed: () => this.freed(),
    };
  }

  /** There may be more slots than before. */
  freed(): void {
    this.#share();
  }

  async #next(queue: number, stopping: AbortSignal): Promise<ReceiveTurn> {
    let granted: Grant | undefined;
    const due = new Promise<void>((resolve) => {
      this.#asking.set(queue, (grant) => {
        granted = grant;
        resolve();
      });
    });
    this.#turns.ask(queue);
    this.#share();
    await orAborted(due, stopping);
    if (!granted) return this.#giveUp(queue);
    const { maximum, wait } = granted;
    const end = (received?: number) => this.#end(queue, received);
    return { maximum, waitSeconds: WAIT_SECONDS[wait], end };
  }

  #giveUp(queue: number): ReceiveTurn {
    this.#asking.delete(queue);
    this.#turns.withdraw(queue);
    return { maximum: 0, end: () => undefined };
  }

  #end(queue: number, received: number | undefined): void {
    if (!this.#receiving.delete(queue)) return;
    if (received === undefined) this.#turns.withdraw(queue);
    else this.#turns.answered(queue, received, this.#options.clock.monotonic());
    this.#share();
  }

  #share(): void {
    for (;;) {
      const kept = [...this.#receiving.values()].reduce((sum, { maximum }) => sum + maximum, 0);
      const now = this.#options.clock.monotonic();
      const grant = this.#turns.next(this.#options.free() - kept, now);
      if (!grant) return;
      this.#receiving.set(grant.queue, grant);
      this.#asking.get(grant.queue)?.(grant);
      this.#asking.delete(grant.queue);
    }
  }
}
