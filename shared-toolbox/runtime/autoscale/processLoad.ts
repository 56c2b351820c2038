import { availableParallelism } from 'node:os';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Load } from './nextConcurrency.ts';

/** How often the event loop's delay is measured. */
const RESOLUTION_MS = 20;

/** Measures this process's load, its threads included. */
export class ProcessLoad implements Disposable {
  readonly #delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  #cpu = process.cpuUsage();
  #since = performance.now();

  constructor() {
    this.#delay.enable();
  }

  /** The load since this was last asked. */
  read(): Load {
    const now = performance.now();
    const { user, system } = process.cpuUsage(this.#cpu);
    const availableMs = (now - this.#since) * availableParallelism();
    const lagMs = this.#delay.percentile(99) / 1e6 - RESOLUTION_MS;
    this.#delay.reset();
    this.#cpu = process.cpuUsage();
    this.#since = now;
    return { lagMs, cpu: (user + system) / 1_000 / availableMs };
  }

  [Symbol.dispose](): void {
    this.#delay.disable();
  }
}
