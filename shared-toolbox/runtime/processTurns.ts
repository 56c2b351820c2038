import type { Clock } from '../clock.ts';
import type { AnyTask } from '../contract/index.ts';

/** The turns of tasks with a rate limit of each process: when one may begin here next. */
export class ProcessTurns {
  readonly #clock: Pick<Clock, 'monotonic'>;
  readonly #freeAt = new Map<string, number>();

  constructor(clock: Pick<Clock, 'monotonic'>) {
    this.#clock = clock;
  }

  /** Milliseconds until the next free start, which is nobody else's from now on. Starts are evenly spread, and none is saved up. */
  take({ name, rateLimitPerProcessMs: everyMs }: AnyTask): number {
    if (everyMs === undefined) return 0;
    const now = this.#clock.monotonic();
    const turnAt = Math.max(now, this.#freeAt.get(name) ?? now);
    this.#freeAt.set(name, turnAt + everyMs);
    return turnAt - now;
  }
}
