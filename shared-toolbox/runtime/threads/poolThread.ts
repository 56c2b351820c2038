import { Worker } from 'node:worker_threads';
import type { ThreadPool as ThreadPoolOptions } from '../../contract/index.ts';
import { activeTrace } from '../../trace/index.ts';
import { MemoryCapError, ThreadDiedError, ThreadStartError } from '../errors.ts';
import type { HandlerCall } from '../pool/handlerPool.ts';
import { answerAsk } from './answerAsk.ts';
import { MemoryWatch } from './memoryWatch.ts';
import { OpenFiles } from './openFiles.ts';
import { POOL_THREAD } from './serveThread.ts';
import type { FromThread, OfThreadRun, ToThread } from './threadMessages.ts';
import { fromWire, toWire } from './wireError.ts';

export interface PoolThreadOptions {
  /** The module that the process was started with: it calls `runWorker`, which knows that it is in a thread. */
  readonly main: string | URL;
  readonly pool: ThreadPoolOptions;
}

/** What importing the worker's modules may take on a busy machine. */
const START_WITHIN_MS = 60_000;

/** A thread that runs JavaScript ends within milliseconds of being told to. */
const END_WITHIN_MS = 1_000;

/**
 * What V8 may use beyond the cap before it gives up. Its own limit at the cap would end the whole process for an allocation that is
 * large or inside a built-in function, so that the cap is watched from outside, and this leaves time for it.
 */
const HEADROOM_MB = 1_024;

interface Run {
  readonly number: number;
  readonly call: HandlerCall;
  readonly files: OpenFiles;
  readonly output: PromiseWithResolvers<string>;
}

/** One thread of a pool, seen from the main thread: runs one handler at a time, and can be ended whatever it does. */
export class PoolThread {
  /** Rejects when the thread ended before it was ready. */
  readonly ready: Promise<void>;
  readonly #worker: Worker;
  readonly #pool: ThreadPoolOptions;
  readonly #started = Promise.withResolvers<void>();
  readonly #exited = Promise.withResolvers<void>();
  #run: Run | undefined;
  /** Why it is being ended, or has died. */
  #end: Error | undefined;
  #isReady = false;
  #runs = 0;
  #heldBytes = 0;

  constructor({ main, pool }: PoolThreadOptions) {
    this.#pool = pool;
    this.ready = this.#started.promise;
    this.#worker = new Worker(main, {
      workerData: POOL_THREAD,
      resourceLimits: { maxOldGenerationSizeMb: pool.maxMemoryBytes / 1_048_576 + HEADROOM_MB },
    });
    const tooLate = setTimeout(() => {
      void this.end(new ThreadStartError(`it was not ready within ${START_WITHIN_MS} ms`));
    }, START_WITHIN_MS);
    const settle = () => clearTimeout(tooLate);
    this.ready.then(settle, settle);
    this.#worker.on('message', (said: FromThread) => this.#hear(said));
    this.#worker.on('error', (error: unknown) => {
      this.#end ??= deathBy(error, this.#pool.maxMemoryBytes);
    });
    this.#worker.on('exit', (code) => this.#die(code));
  }

  /** Whether it can run another handler. */
  get isAlive(): boolean {
    return this.#end === undefined;
  }

  /** Why it is time for a new one, if it is. */
  get worn(): { readonly tasks: number; readonly heldBytes: number } | undefined {
    const { recycleAfterTasks, recycleAboveBytes } = this.#pool;
    const isWorn = this.#runs >= recycleAfterTasks || this.#heldBytes > recycleAboveBytes;
    return isWorn ? { tasks: this.#runs, heldBytes: this.#heldBytes } : undefined;
  }

  /** Runs the handler; rejects with what it threw, or with why the thread ended. */
  async run(call: HandlerCall): Promise<string> {
    if (this.#end) throw this.#end;
    this.#runs += 1;
    const output = Promise.withResolvers<string>();
    const files = new OpenFiles(call.context.artifacts);
    const run = { number: this.#runs, call, files, output };
    this.#run = run;
    const abort = () => this.#abort(run);
    const { signal } = call.context;
    signal.addEventListener('abort', abort, { once: true });
    using _watch = new MemoryWatch(this.#worker, this.#pool.maxMemoryBytes, () => {
      void this.end(new MemoryCapError(this.#pool.maxMemoryBytes));
    });
    try {
      this.#begin(run);
      if (signal.aborted) abort();
      return await output.promise;
    } finally {
      signal.removeEventListener('abort', abort);
      this.#run = undefined;
      files.close();
    }
  }

  /**
   * Ends the thread; what it runs rejects with the reason. Resolves to whether it has really ended: V8 does not stop a loop that only
   * calls built-in functions.
   */
  async end(reason: Error): Promise<boolean> {
    this.#end ??= reason;
    void this.#worker.terminate();
    const late = Promise.withResolvers<boolean>();
    const timer = setTimeout(() => late.resolve(false), END_WITHIN_MS);
    const isEnded = await Promise.race([this.#exited.promise.then(() => true), late.promise]);
    clearTimeout(timer);
    this.#fail(this.#end);
    return isEnded;
  }

  #begin({ number: run, call }: Run): void {
    const { message, task } = call.attempt;
    const { id, attempt, snoozes, idempotencyKey, creator, subject, deadlineAt } = call.context;
    const facts = {
      id,
      attempt,
      snoozes,
      idempotencyKey,
      creator,
      subject,
      deadlineAt,
      root: message.root,
    };
    const { input, each } = message;
    const trace = activeTrace();
    this.#tell({ kind: 'begin', run, task: task.name, each, input, facts, trace });
  }

  #abort({ number: run, call }: Run): void {
    this.#tell({ kind: 'abort', run, reason: toWire(call.context.signal.reason) });
  }

  #tell(said: ToThread): void {
    this.#worker.postMessage(said);
  }

  #hear(said: FromThread): void {
    if (said.kind === 'ready') {
      this.#isReady = true;
      return this.#started.resolve();
    }
    // A handler that was not waited for has nothing more to say.
    if (this.#run?.number === said.run) this.#hearOf(this.#run, said);
  }

  #hearOf(run: Run, said: OfThreadRun): void {
    const { log, progress } = run.call.context;
    switch (said.kind) {
      case 'logged':
        return log[said.level](said.message, said.fields);
      case 'progressed':
        return progress(said.fraction, said.note);
      case 'asked':
        return void this.#answer(run, said);
      case 'returned':
        this.#heldBytes = said.heldBytes;
        return run.output.resolve(said.output);
      case 'threw':
        this.#heldBytes = said.heldBytes;
        return run.output.reject(fromWire(said.error));
    }
  }

  async #answer(
    { number: run, call: handler, files }: Run,
    { call, ask }: Extract<OfThreadRun, { kind: 'asked' }>,
  ): Promise<void> {
    try {
      const value = await answerAsk(handler, files, ask);
      this.#worker.postMessage(
        { kind: 'answer', run, call, value } satisfies ToThread,
        ask.what === 'read' ? wholeBuffers(value) : [],
      );
    } catch (error) {
      this.#tell({ kind: 'refusal', run, call, error: toWire(error) });
    }
  }

  #die(code: number): void {
    this.#end ??= this.#isReady
      ? new ThreadDiedError(`its thread ended by itself, with the exit code ${code}`)
      : new ThreadStartError(
          `expected the process's main module to call runWorker, it ended with the exit code ${code}`,
        );
    this.#exited.resolve();
    this.#fail(this.#end);
  }

  #fail(reason: Error): void {
    this.#started.reject(reason);
    this.#run?.output.reject(reason);
  }
}

/** What can be handed over without a copy, as nobody here needs it any more: a file may be large. */
function wholeBuffers(value: unknown): ArrayBuffer[] {
  if (!(value instanceof Uint8Array) || !(value.buffer instanceof ArrayBuffer)) return [];
  return value.length === value.buffer.byteLength ? [value.buffer] : [];
}

/** What the thread died of: its own heap limit, or an error that nobody caught in it. */
function deathBy(error: unknown, maxMemoryBytes: number): Error {
  if (!(error instanceof Error)) return new ThreadDiedError(`its thread threw ${String(error)}`);
  if ('code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY') {
    return new MemoryCapError(maxMemoryBytes);
  }
  return new ThreadDiedError(`an error that nobody caught ended its thread: ${error.message}`, {
    cause: error,
  });
}
