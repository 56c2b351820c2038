import type { Worker } from 'node:worker_threads';

const LOOK_EVERY_MS = 100;

/** Looks in a row above the cap that count: garbage may be above it for a moment, until it is collected. */
const LOOKS = 5;

/** What no garbage explains: so many times the cap. */
const CLEARLY_TOO_MUCH = 2;

/**
 * Watches a thread's memory, heap and buffers, while it runs a handler. From outside, because V8's own limit counts no buffers, and
 * reaching it with one large allocation ends the process instead of the thread.
 */
export class MemoryWatch implements Disposable {
  readonly #worker: Pick<Worker, 'getHeapStatistics'>;
  readonly #maxBytes: number;
  readonly #onTooMuch: () => void;
  readonly #timer: NodeJS.Timeout;
  #isLooking = false;
  #above = 0;

  constructor(worker: Pick<Worker, 'getHeapStatistics'>, maxBytes: number, onTooMuch: () => void) {
    this.#worker = worker;
    this.#maxBytes = maxBytes;
    this.#onTooMuch = onTooMuch;
    this.#timer = setInterval(() => void this.#look(), LOOK_EVERY_MS);
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
  }

  async #look(): Promise<void> {
    if (this.#isLooking) return;
    this.#isLooking = true;
    try {
      const { used_heap_size: heap, external_memory: external } =
        await this.#worker.getHeapStatistics();
      if (this.#isTooMuch(heap + external)) this.#onTooMuch();
    } catch {
      // The thread has ended.
    } finally {
      this.#isLooking = false;
    }
  }

  #isTooMuch(bytes: number): boolean {
    this.#above = bytes > this.#maxBytes ? this.#above + 1 : 0;
    return this.#above >= LOOKS || bytes > this.#maxBytes * CLEARLY_TOO_MUCH;
  }
}
