import { packBatch } from './packBatch.ts';

/** What became of one entry of a batch. */
export type Sent<Result> =
  | { readonly ok: true; readonly value: Result }
  | { readonly ok: false; readonly error: Error };

export interface CoalescerOptions<Entry, Result> {
  readonly maxEntries: number;
  /** Bytes of a whole batch. Default: no limit. */
  readonly maxBytes?: number;
  /** Bytes of one entry. Needed with `maxBytes`. */
  readonly sizeOf?: (entry: Entry) => number;
  /** Entries of one lane are sent in order: none is sent while another of its lane is under way. Default: no order. */
  readonly laneOf?: (entry: Entry) => string;
  /** Requests under way at once; further entries wait, and so fill the next batch. Default 4. */
  readonly maxInFlight?: number;
  /** Sends a batch and tells what became of each entry, in order. A rejection is every entry's error. */
  readonly send: (entries: readonly Entry[]) => Promise<readonly Sent<Result>[]>;
}

interface Waiting<Entry, Result> {
  readonly entry: Entry;
  readonly resolve: (value: Result) => void;
  readonly reject: (error: Error) => void;
}

/**
 * Makes single calls into batches. Calls of the same turn of the event loop go together, at its end: no timer, so an
 * idle caller waits for nothing; under load the batches fill by themselves while earlier ones are under way.
 */
export class Coalescer<Entry, Result> {
  readonly #options: CoalescerOptions<Entry, Result>;
  readonly #busyLanes = new Map<string, number>();
  #waiting: Waiting<Entry, Result>[] = [];
  #inFlight = 0;
  #flushPlanned = false;

  constructor(options: CoalescerOptions<Entry, Result>) {
    this.#options = options;
  }

  /** Resolves or rejects with what became of this entry, whatever became of the others. */
  async add(entry: Entry): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ entry, resolve, reject });
      this.#planFlush();
    });
  }

  #planFlush(): void {
    if (this.#flushPlanned) return;
    this.#flushPlanned = true;
    setImmediate(() => {
      this.#flushPlanned = false;
      this.#flush();
    });
  }

  #flush(): void {
    while (this.#inFlight < (this.#options.maxInFlight ?? 4)) {
      const { batch, rest } = packBatch(this.#waiting, {
        maxEntries: this.#options.maxEntries,
        maxBytes: this.#options.maxBytes ?? Infinity,
        sizeOf: ({ entry }) => this.#options.sizeOf?.(entry) ?? 0,
        laneOf: ({ entry }) => this.#options.laneOf?.(entry),
        isBusy: (lane) => this.#busyLanes.has(lane),
      });
      if (batch.length === 0) return;
      this.#waiting = rest;
      void this.#send(batch);
    }
  }

  async #send(batch: readonly Waiting<Entry, Result>[]): Promise<void> {
    this.#inFlight += 1;
    this.#countLanes(batch, 1);
    settle(batch, await this.#outcomes(batch.map(({ entry }) => entry)));
    this.#countLanes(batch, -1);
    this.#inFlight -= 1;
    this.#flush();
  }

  async #outcomes(entries: readonly Entry[]): Promise<readonly Sent<Result>[]> {
    try {
      return await this.#options.send(entries);
    } catch (cause) {
      const error = cause instanceof Error ? cause : new Error(String(cause));
      return entries.map(() => ({ ok: false, error }));
    }
  }

  #countLanes(batch: readonly Waiting<Entry, Result>[], by: 1 | -1): void {
    for (const lane of batch.map(({ entry }) => this.#options.laneOf?.(entry))) {
      if (lane === undefined) continue;
      const count = (this.#busyLanes.get(lane) ?? 0) + by;
      if (count === 0) this.#busyLanes.delete(lane);
      else this.#busyLanes.set(lane, count);
    }
  }
}

function settle<Entry, Result>(
  batch: readonly Waiting<Entry, Result>[],
  outcomes: readonly Sent<Result>[],
): void {
  for (const [i, { resolve, reject }] of batch.entries()) {
    const outcome = outcomes[i];
    if (outcome?.ok === true) resolve(outcome.value);
    else reject(outcome?.error ?? new Error('the batch was answered without this entry'));
  }
}
