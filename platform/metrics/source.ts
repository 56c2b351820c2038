import type { Clock } from '@taskfleet/toolbox/clock';
import type { FleetSamples } from './families.ts';

export interface SourceOptions {
  readonly name: string;
  readonly read: () => Promise<FleetSamples>;
  readonly clock: Pick<Clock, 'sleep'>;
}

/** Less than the ten seconds that Prometheus waits for all of them by default. */
const WITHIN_MS = 4_000;

/** Something of the fleet that is read for scrapes. */
export class Source {
  readonly name: string;
  readonly #options: SourceOptions;
  #reading: Promise<FleetSamples> | undefined;

  constructor(options: SourceOptions) {
    this.name = options.name;
    this.#options = options;
  }

  /** Undefined when it does not answer in time, or with an error. One that is slow is asked no second time until it has answered. */
  async read(): Promise<FleetSamples | undefined> {
    this.#reading ??= this.#options.read().finally(() => {
      this.#reading = undefined;
    });
    const waiting = new AbortController();
    const late = this.#options.clock.sleep(WITHIN_MS, waiting.signal).then(() => undefined);
    try {
      return await Promise.race([this.#reading, late]);
    } catch {
      return undefined;
    } finally {
      waiting.abort();
    }
  }
}
