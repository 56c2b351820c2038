import type { Clock } from '../clock.ts';
import type { AnyTask } from '../contract/index.ts';

/** Keys that are remembered; those of before begin anywhere again. */
const MOST_KEYS = 10_000;

/**
 * Spreads the tasks of a concurrency key over as many lanes as may run at a time. A lane is a message group, of which SQS gives one
 * message at a time to the whole fleet: the limit costs no write, and holds whoever dies.
 */
export class Lanes {
  readonly #clock: Pick<Clock, 'random'>;
  readonly #next = new Map<string, number>();

  constructor(clock: Pick<Clock, 'random'>) {
    this.#clock = clock;
  }

  /** The lane of a task with that input, in turn; undefined for a task without such a limit. */
  laneOf(task: AnyTask, input: unknown): string | undefined {
    if (!task.concurrency) return undefined;
    const { key, limit } = task.concurrency;
    const name = JSON.stringify([task.name, key(input)]);
    // Each process begins anywhere, or the first lane had more to do than the others.
    const lane = this.#next.get(name) ?? Math.floor(this.#clock.random() * limit);
    if (this.#next.size >= MOST_KEYS) this.#next.clear();
    this.#next.set(name, (lane + 1) % limit);
    return `${name} ${lane}`;
  }
}
