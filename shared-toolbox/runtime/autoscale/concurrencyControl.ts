import { isConcurrency, type Worker } from '../../contract/index.ts';
import type { Log } from '../../log/index.ts';
import { ConcurrencyError } from '../errors.ts';
import { type Load, nextConcurrency } from './nextConcurrency.ts';
import { ProcessLoad } from './processLoad.ts';

export interface ConcurrencyControlOptions {
  readonly worker: Pick<Worker, 'concurrency' | 'autoscale'>;
  /** What takes messages: its concurrency is what changes. */
  readonly consumer: {
    readonly concurrency: number;
    mostRunning(): number;
    setConcurrency(concurrency: number): void;
  };
  /** What runs them. */
  readonly pool: { resize(size: number): void };
  readonly log: Pick<Log, 'event'>;
  /** Default: this process's. */
  readonly load?: { read(): Load } & Disposable;
}

const LOOK_EVERY_MS = 1_000;

/** How many tasks a worker runs at once, as its contract says, as its load allows, or as an operator wants. */
export class ConcurrencyControl {
  readonly #options: ConcurrencyControlOptions;
  readonly #bounds: Worker['autoscale'];
  readonly #load: ({ read(): Load } & Disposable) | undefined;
  readonly #timer: NodeJS.Timeout | undefined;
  #isHeld = false;

  constructor(options: ConcurrencyControlOptions) {
    this.#options = options;
    this.#bounds = options.worker.autoscale;
    if (!this.#bounds) return;
    this.#load = options.load ?? new ProcessLoad();
    this.#timer = setInterval(() => this.look(), LOOK_EVERY_MS).unref();
  }

  /** What a worker begins with. */
  static initial({ concurrency, autoscale }: ConcurrencyControlOptions['worker']): number {
    return autoscale?.[0] ?? concurrency;
  }

  /** An operator's number, which holds until the next; undefined gives back what the contract says. Throws ConcurrencyError. */
  set(concurrency: number | undefined): void {
    if (concurrency !== undefined && !isConcurrency(concurrency)) {
      throw new ConcurrencyError(concurrency);
    }
    this.#isHeld = concurrency !== undefined;
    this.#change(concurrency ?? ConcurrencyControl.initial(this.#options.worker), 'asked');
  }

  /** Looks now whether the load asks for another number. */
  look(): void {
    if (!this.#bounds || !this.#load) return;
    const { consumer } = this.#options;
    const seen = { mostRunning: consumer.mostRunning(), load: this.#load.read() };
    if (this.#isHeld) return;
    const next = nextConcurrency({
      ...seen,
      bounds: this.#bounds,
      concurrency: consumer.concurrency,
    });
    this.#change(next.concurrency, next.why);
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#load?.[Symbol.dispose]();
  }

  #change(to: number, why: string): void {
    const { consumer, pool, log } = this.#options;
    const from = consumer.concurrency;
    if (to === from) return;
    consumer.setConcurrency(to);
    pool.resize(to);
    log.event('concurrency.changed', { from, to, why });
  }
}
