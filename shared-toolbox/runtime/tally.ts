import type { RunningTask } from '../table/index.ts';
import type { Outcome } from './outcome.ts';

/** Attempts that have ended here since the process began: all, those that failed for good, those that are tried again. */
export interface Counters {
  readonly processed: number;
  readonly failed: number;
  readonly retried: number;
}

/** Counts what this process runs and has run, for its heartbeat. */
export class Tally {
  readonly #running = new Set<RunningTask>();
  #counters: Counters = { processed: 0, failed: 0, retried: 0 };

  /** An attempt begins; call what is returned with its outcome. */
  begin(task: RunningTask): (kind: Outcome['kind']) => void {
    this.#running.add(task);
    return (kind) => {
      this.#running.delete(task);
      const { processed, failed, retried } = this.#counters;
      this.#counters = {
        processed: processed + 1,
        failed: failed + (kind === 'failed' ? 1 : 0),
        retried: retried + (kind === 'retrying' ? 1 : 0),
      };
    };
  }

  get counters(): Counters {
    return this.#counters;
  }

  /** Those that run, the oldest first. */
  get running(): readonly RunningTask[] {
    return [...this.#running];
  }
}
