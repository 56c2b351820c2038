import { addCounts, type Counts } from '@taskfleet/toolbox/statistics';

const NOTHING: Counts = new Map();

/** Counts by task and by step. */
export class Counted {
  readonly #tasks = new Map<string, Map<number, Map<string, number>>>();

  add(task: string, at: number, counts: Counts): void {
    const steps = this.#tasks.get(task) ?? new Map<number, Map<string, number>>();
    this.#tasks.set(task, steps);
    const known = steps.get(at) ?? new Map<string, number>();
    steps.set(at, known);
    addCounts(known, counts);
  }

  get names(): readonly string[] {
    return [...this.#tasks.keys()];
  }

  of(task: string, at: number): Counts {
    return this.#tasks.get(task)?.get(at) ?? NOTHING;
  }

  total(task: string): Counts {
    const total = new Map<string, number>();
    for (const counts of this.#tasks.get(task)?.values() ?? []) addCounts(total, counts);
    return total;
  }
}
