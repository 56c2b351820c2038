import type { Log } from '../../log/index.ts';
import { ThreadDiedError, TimeLimitError } from '../errors.ts';
import {
  type HandlerCall,
  type HandlerPlace,
  type HandlerPool,
  UNRESPONSIVE_AFTER_MS,
} from '../pool/handlerPool.ts';
import { PoolThread, type PoolThreadOptions } from './poolThread.ts';

export interface ThreadPoolOptions extends PoolThreadOptions {
  /** Threads that are kept ready: as many as run at the same time. */
  readonly size: number;
  readonly log: Log;
}

/** Runs each handler in a thread of its own, and ends the thread when its attempt's end has come. */
export class ThreadPool implements HandlerPool {
  readonly #options: ThreadPoolOptions;
  readonly #threads = new Set<PoolThread>();
  readonly #idle: PoolThread[] = [];
  readonly #broken = Promise.withResolvers<void>();
  #starting: Promise<void> | undefined;
  #size: number;
  #isClosed = false;

  constructor(options: ThreadPoolOptions) {
    this.#options = options;
    this.#size = options.size;
    this.#fill();
    const first = Promise.any([...this.#threads].map(async ({ ready }) => ready));
    this.#starting = this.#whenStarted(first);
  }

  get broken(): Promise<void> {
    return this.#broken.promise;
  }

  starting(): Promise<void> | undefined {
    return this.#starting;
  }

  async take(): Promise<HandlerPlace> {
    const thread = this.#idleOne() ?? this.#open();
    await thread.ready.catch(() => undefined);
    return {
      begin: (call) => this.#begin(thread, call),
      release: () => this.#giveBack(thread),
    };
  }

  resize(size: number): void {
    this.#size = size;
    while (this.#threads.size > size) {
      const thread = this.#idle.pop();
      if (!thread) break;
      void this.#discard(thread);
    }
    this.#fill();
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.all([...this.#threads].map(async (thread) => this.#discard(thread)));
  }

  /** Never resolves when no thread can start: nothing is to be received then. */
  async #whenStarted(first: Promise<void>): Promise<void> {
    try {
      await first;
      this.#starting = undefined;
    } catch (error) {
      const [reason] = (error as AggregateError).errors as Error[];
      if (!this.#isClosed) this.#breakFor(String(reason?.message));
      await new Promise(() => undefined);
    }
  }

  #breakFor(error: string): void {
    this.#options.log.event('pool.broken', { error });
    this.#broken.resolve();
  }

  #begin(thread: PoolThread, call: HandlerCall): ReturnType<HandlerPlace['begin']> {
    return {
      output: thread.run(call).finally(() => this.#giveBack(thread)),
      graceMs: (reason) => (reason instanceof TimeLimitError ? 0 : UNRESPONSIVE_AFTER_MS),
      abandon: async (reason) => {
        const { log, attempt } = call;
        log.event('handler.killed', { attempt: attempt.number, reason: reason.message });
        if (!(await thread.end(reason))) this.#leaveBehind();
      },
    };
  }

  /**
   * A thread that cannot be ended uses a core for nothing, and no exit of this process would ever come to its end: Node waits for
   * its threads. So this process makes room for another one, and ends without waiting.
   */
  #leaveBehind(): void {
    process.once('exit', () => process.kill(process.pid, 'SIGKILL'));
    this.#breakFor('a thread could not be ended; this process drains and ends');
  }

  #giveBack(thread: PoolThread): void {
    const { worn } = thread;
    if (worn) this.#options.log.event('thread.recycled', worn);
    const isWanted = thread.isAlive && !worn && this.#threads.size <= this.#size;
    if (isWanted) this.#idle.push(thread);
    else void this.#discard(thread);
    this.#fill();
  }

  async #discard(thread: PoolThread): Promise<void> {
    this.#threads.delete(thread);
    await thread.end(new ThreadDiedError('the pool gave its thread up'));
  }

  /** One may have died since its last task, of what it left running. */
  #idleOne(): PoolThread | undefined {
    for (;;) {
      const thread = this.#idle.pop();
      if (!thread || thread.isAlive) return thread;
      this.#threads.delete(thread);
    }
  }

  /** A thread that takes its time to start is not waited for when the next task comes. */
  #fill(): void {
    while (!this.#isClosed && this.#threads.size < this.#size) this.#idle.push(this.#open());
  }

  #open(): PoolThread {
    const thread = new PoolThread(this.#options);
    this.#threads.add(thread);
    return thread;
  }
}
