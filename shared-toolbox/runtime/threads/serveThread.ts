import { isMainThread, type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { asList, handledTasks, type WorkerImplementation } from '../../contract/index.ts';
import { underTrace } from '../../trace/index.ts';
import { callHandler } from '../pool/callHandler.ts';
import { threadContext } from './threadContext.ts';
import type { Ask, FromThread, OfThreadRun, ToThread } from './threadMessages.ts';
import { fromWire, toWire } from './wireError.ts';

/** What tells a thread of a pool from others, such as a test runner's. */
export const POOL_THREAD = 'taskfleet pool thread';

/** The way to the main thread, in a thread of a pool. */
export function poolPort(): MessagePort | undefined {
  return !isMainThread && workerData === POOL_THREAD && parentPort ? parentPort : undefined;
}

/** Runs handlers as the main thread asks, one at a time, until the thread is ended. */
export async function serveThread(
  implementation: WorkerImplementation,
  port: MessagePort,
): Promise<void> {
  let current: ThreadRun | undefined;
  port.on('message', (said: ToThread) => {
    if (said.kind === 'begin') {
      current = new ThreadRun(implementation, said, port);
      void current.begin();
    } else if (said.run === current?.number) current.hear(said);
  });
  port.postMessage({ kind: 'ready' } satisfies FromThread);
  await new Promise(() => undefined);
}

type Begin = Extract<ToThread, { kind: 'begin' }>;

class ThreadRun {
  readonly number: number;
  readonly #implementation: WorkerImplementation;
  readonly #begin: Begin;
  readonly #port: MessagePort;
  readonly #abort = new AbortController();
  readonly #calls = new Map<number, PromiseWithResolvers<unknown>>();
  #lastCall = 0;

  constructor(implementation: WorkerImplementation, begin: Begin, port: MessagePort) {
    this.number = begin.run;
    this.#implementation = implementation;
    this.#begin = begin;
    this.#port = port;
  }

  async begin(): Promise<void> {
    try {
      const output = await this.#call();
      this.#tell({ kind: 'returned', output, heldBytes: heldBytes() });
    } catch (error) {
      this.#tell({ kind: 'threw', error: toWire(error), heldBytes: heldBytes() });
    }
  }

  hear(said: Exclude<ToThread, Begin>): void {
    if (said.kind === 'abort') return this.#abort.abort(fromWire(said.reason));
    const call = this.#calls.get(said.call);
    this.#calls.delete(said.call);
    if (said.kind === 'answer') call?.resolve(said.value);
    else call?.reject(fromWire(said.error));
  }

  async #call(): Promise<string> {
    const { task: name, each = false, input, facts, trace } = this.#begin;
    const { worker, handlers } = this.#implementation;
    const task = handledTasks(worker).find((declared) => declared.name === name);
    const handler = handlers.get(name);
    // The main thread has read the same module.
    if (!task || !handler) throw new TypeError(`expected a handler for "${name}" in this thread`);
    const context = threadContext({
      facts,
      signal: this.#abort.signal,
      trace,
      tell: (said) => this.#tell(said),
      ask: async (ask) => this.#ask(ask),
    });
    return underTrace(trace, async () =>
      callHandler({ ...asList({ task, handler }, each), input }, context),
    );
  }

  async #ask(ask: Ask): Promise<unknown> {
    const call = (this.#lastCall += 1);
    const answered = Promise.withResolvers<unknown>();
    this.#calls.set(call, answered);
    this.#tell({ kind: 'asked', call, ask });
    return answered.promise;
  }

  #tell(said: OfThreadRun): void {
    this.#port.postMessage({ ...said, run: this.number } satisfies FromThread);
  }
}

/** Of this thread alone; the resident set would be the process's. */
function heldBytes(): number {
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
