import type { Timer } from '../clock.ts';

interface Pending {
  /** On the clock's own time. */
  readonly endsAt: number;
  readonly act: () => void;
}

/** The timers of a clock that is moved by hand. */
export class ManualTimers {
  readonly #now: () => number;
  readonly #pending = new Set<Pending>();

  constructor(now: () => number) {
    this.#now = now;
  }

  readonly start = (ms: number, act: () => void): Timer => {
    const pending = { endsAt: this.#now() + ms, act };
    this.#pending.add(pending);
    return {
      isOver: () => this.#now() > pending.endsAt,
      stop: () => void this.#pending.delete(pending),
    };
  };

  /** When the first of them ends; infinity without any. */
  get firstEndsAt(): number {
    return Math.min(Infinity, ...[...this.#pending].map(({ endsAt }) => endsAt));
  }

  /** Calls those that end by then, one after the other, each after `moveTo` its end; also those that the calls start. */
  run(until: number, moveTo: (at: number) => void): void {
    for (let next = this.#first(); next && next.endsAt <= until; next = this.#first()) {
      this.#pending.delete(next);
      moveTo(next.endsAt);
      next.act();
    }
  }

  #first(): Pending | undefined {
    return [...this.#pending].toSorted((a, b) => a.endsAt - b.endsAt)[0];
  }
}
