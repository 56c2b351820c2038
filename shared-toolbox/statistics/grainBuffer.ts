import { COUNTERS_PER_WRITE } from '../table/index.ts';
import { addCounts, type Counts } from './counters.ts';
import { type Grain, periodStart } from './grains.ts';

export interface GrainBufferOptions {
  readonly grain: Grain;
  /** Adds to what is stored of the period that begins then. */
  readonly write: (start: number, counts: Counts) => Promise<void>;
  /** Told of every write, and why it failed if it did. */
  readonly onWritten: (failure?: string) => void;
}

/** Counts of one write. */
interface Part {
  readonly start: number;
  readonly counts: Counts;
}

/** Periods that wait while nothing can be written; the oldest are given up for newer ones. */
const MOST_PERIODS = 60;

/** Counts of one grain, kept until they are written: some time after the first, all in one write for each period. */
export class GrainBuffer {
  readonly #options: GrainBufferOptions;
  #pending = new Map<number, Map<string, number>>();
  #timer: NodeJS.Timeout | undefined;
  #writing = Promise.resolve();

  constructor(options: GrainBufferOptions) {
    this.#options = options;
  }

  /** Counts one more, at a moment. */
  add(name: string, at: number): void {
    this.#keep({ start: periodStart(this.#options.grain, at), counts: new Map([[name, 1]]) });
  }

  /** Writes what has been counted. What fails is kept for the next time. Never rejects. */
  async flush(): Promise<void> {
    this.#forgetTimer();
    this.#writing = this.#writing.then(async () => this.#write());
    return this.#writing;
  }

  /** Writes what has been counted, and gives up what fails. Never rejects. */
  async stop(): Promise<void> {
    await this.flush();
    this.#forgetTimer();
  }

  #keep({ start, counts }: Part): void {
    const known = this.#pending.get(start) ?? new Map<string, number>();
    addCounts(known, counts);
    this.#pending.set(start, known);
    if (this.#pending.size > MOST_PERIODS) this.#pending.delete(Math.min(...this.#pending.keys()));
    this.#timer ??= setTimeout(() => void this.flush(), this.#options.grain.flushMs).unref();
  }

  #forgetTimer(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  async #write(): Promise<void> {
    const parts = [...this.#pending].flatMap(([start, counts]) => partsOf(start, counts));
    this.#pending = new Map();
    for (const [i, { start, counts }] of parts.entries()) {
      try {
        await this.#options.write(start, counts);
        this.#options.onWritten();
      } catch (error) {
        for (const part of parts.slice(i)) this.#keep(part);
        this.#options.onWritten(String(error));
        return;
      }
    }
  }
}

function partsOf(start: number, counts: Counts): readonly Part[] {
  const entries = [...counts];
  const length = Math.ceil(entries.length / COUNTERS_PER_WRITE);
  return Array.from({ length }, (_, i) => {
    const some = entries.slice(i * COUNTERS_PER_WRITE, (i + 1) * COUNTERS_PER_WRITE);
    return { start, counts: new Map(some) };
  });
}
