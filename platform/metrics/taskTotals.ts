import { addCounts, type Counts, GRAINS, periodStart } from '@taskfleet/toolbox/statistics';
import type { Counted, Minutes } from '../statistics/index.ts';

export interface TaskTotalsOptions {
  /** The moment from which on is counted. */
  readonly from: number;
  /** Names that are counted; of others there would be no end. */
  readonly tasks: readonly string[];
  /** Minutes that may be read together. */
  readonly mostMinutes: number;
  readonly read: (minutes: Minutes) => Promise<Counted>;
}

const MINUTE_MS = GRAINS.minute.lengthMs;

/** After the end of a minute: a process writes within ten seconds, and the write may take five. */
const SETTLE_MS = 20_000;

/** So many minutes are looked at once more with the next: a process that could not write tries again. */
export const MINUTES_AGAIN = 2;

/**
 * What was counted of each task since a moment, in minutes that are over. It only grows: as far as Prometheus is concerned, a counter of this
 * process. Each replica has the same growth, whenever it began.
 */
export class TaskTotals {
  readonly #options: TaskTotalsOptions;
  readonly #totals: ReadonlyMap<string, Map<string, number>>;
  /** What is in the totals of the minutes that are looked at again. */
  #seen = new Map<number, ReadonlyMap<string, Counts>>();
  /** The first moment that is not read yet. */
  #until: number;
  readonly #from: number;

  constructor(options: TaskTotalsOptions) {
    this.#options = options;
    this.#totals = new Map(options.tasks.map((task) => [task, new Map()]));
    this.#from = periodStart(GRAINS.minute, options.from) + MINUTE_MS;
    this.#until = this.#from;
  }

  /** Of each task, what was counted. */
  get totals(): ReadonlyMap<string, Counts> {
    return this.#totals;
  }

  /** Adds the minutes that are over by now. Rejects when they cannot be read: then they come with the next call. */
  async advance(now: number): Promise<void> {
    const until = periodStart(GRAINS.minute, now - SETTLE_MS);
    if (until <= this.#until) return;
    const minutes = this.#minutesUntil(until);
    const counted = await this.#options.read(minutes);
    for (const minute of minutes) this.#add(minute, counted);
    const oldest = until - MINUTES_AGAIN * MINUTE_MS;
    this.#seen = new Map([...this.#seen].filter(([minute]) => minute >= oldest));
    this.#until = until;
  }

  /** Where nobody asked for too long, the first minutes are left out. */
  #minutesUntil(until: number): Minutes {
    const again = this.#until - MINUTES_AGAIN * MINUTE_MS;
    const from = Math.max(this.#from, again, until - this.#options.mostMinutes * MINUTE_MS);
    return Array.from({ length: (until - from) / MINUTE_MS }, (_, i) => from + i * MINUTE_MS);
  }

  #add(minute: number, counted: Counted): void {
    const seen = this.#seen.get(minute);
    const now = [...this.#totals].map(([task, totals]) => {
      const before = seen?.get(task) ?? new Map<string, number>();
      const added = growth(before, counted.of(task, minute));
      addCounts(totals, added);
      const both = new Map(before);
      addCounts(both, added);
      return [task, both] as const;
    });
    this.#seen.set(minute, new Map(now));
  }
}

/** A read that is not consistent may know less than the one before. */
function growth(before: Counts, now: Counts): Counts {
  const grown = [...now].map(([name, n]) => [name, n - (before.get(name) ?? 0)] as const);
  return new Map(grown.filter(([, n]) => n > 0));
}
