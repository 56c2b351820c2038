import type { Clock } from '../clock.ts';
import type { Log } from '../log/index.ts';
import { addStatistics, STATISTICS_SHARDS, type TaskTable } from '../table/index.ts';
import { attributeOf } from './attribute.ts';
import { bucketOf } from './buckets.ts';
import { bucketCounter, type Counter, type Counts, type Time } from './counters.ts';
import { GrainBuffer } from './grainBuffer.ts';
import { type Grain, GRAINS, periodOf } from './grains.ts';

export interface StatisticsOptions {
  /** Not behind a breaker: what fails here is no reason to stop receiving tasks. */
  readonly table: TaskTable;
  /** Name of the worker whose tasks are counted, or PLATFORM_WRITER. */
  readonly writer: string;
  readonly clock: Pick<Clock, 'now' | 'randomBytes'>;
  readonly log: Pick<Log, 'event'>;
}

/** How long a write may take; the next flush tries again. */
const WRITE_WITHIN_MS = 5_000;

/**
 * Counts what becomes of tasks in this process, and adds it to the table's minutes and hours every now and then. It is for looking at:
 * what cannot be written is said once and tried again later, and no task waits for it or fails over it.
 */
export class Statistics {
  readonly #options: StatisticsOptions;
  readonly #shard: number;
  readonly #buffers: readonly GrainBuffer[];
  #hasFailed = false;

  constructor(options: StatisticsOptions) {
    this.#options = options;
    const [random = 0] = options.clock.randomBytes();
    this.#shard = random % STATISTICS_SHARDS;
    this.#buffers = Object.values(GRAINS).map(
      (grain) =>
        new GrainBuffer({
          grain,
          write: async (start, counts) => this.#write(grain, start, counts),
          onWritten: (failure) => this.#tell(failure),
        }),
    );
  }

  /** One more of something has happened to a task of this name. */
  count(task: string, counter: Counter): void {
    this.#add(task, counter);
  }

  /** A task of this name has run, or waited, for so long. */
  time(task: string, time: Time, ms: number): void {
    this.#add(task, bucketCounter(time, bucketOf(ms)));
  }

  /** Writes what has been counted so far. Never rejects. */
  async flush(): Promise<void> {
    await Promise.all(this.#buffers.map(async (buffer) => buffer.flush()));
  }

  /** The last flush: an orderly stop loses nothing. Never rejects. */
  async stop(): Promise<void> {
    await Promise.all(this.#buffers.map(async (buffer) => buffer.stop()));
  }

  #add(task: string, counter: string): void {
    const { writer, clock } = this.#options;
    const name = attributeOf(writer, task, counter);
    const now = clock.now();
    for (const buffer of this.#buffers) buffer.add(name, now);
  }

  async #write(grain: Grain, start: number, counters: Counts): Promise<void> {
    const { table, writer } = this.#options;
    const place = { writer, period: periodOf(grain, start), shard: this.#shard };
    const expiresAt = start + grain.lengthMs + grain.keptMs;
    const signal = AbortSignal.timeout(WRITE_WITHIN_MS);
    await addStatistics(table, { place, counters, expiresAt }, signal);
  }

  #tell(failure: string | undefined): void {
    if (failure !== undefined && !this.#hasFailed) {
      this.#options.log.event('statistics.failed', { error: failure });
    }
    this.#hasFailed = failure !== undefined;
  }
}
