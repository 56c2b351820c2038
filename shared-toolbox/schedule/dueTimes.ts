/** Finer than any clock here, and exact in a number of this size. */
const STEP_MS = 1 / 1_024;

/** Times that never repeat nor fall in a process: what is kept in one millisecond keeps its order. */
export class DueTimes {
  #last = 0;

  /** A time not before `now`, in milliseconds since 1970. */
  next(now: number): number {
    this.#last = Math.max(now, this.#last + STEP_MS);
    return this.#last;
  }
}
