import { DefinitionError, type Worker } from '../contract/index.ts';
import type { Log } from '../log/index.ts';
import type { HandlerPool } from './pool/handlerPool.ts';
import { inlinePool } from './pool/inlinePool.ts';
import { ThreadPool } from './threads/threadPool.ts';

export interface CreatePoolOptions {
  readonly worker: Worker;
  /** Runs at the same time, to begin with. */
  readonly size: number;
  /** The module that calls `runWorker`. */
  readonly main: string | URL | undefined;
  readonly log: Log;
}

/** The pool that the worker's contract asks for. Throws DefinitionError for threads without a module. */
export function createPool({
  worker: { name, pool },
  size,
  main,
  log,
}: CreatePoolOptions): HandlerPool {
  if (pool.kind === 'inline') return inlinePool();
  if (main !== undefined) return new ThreadPool({ main, pool, size, log });
  const problem = 'pool: expected, for threads(), the module that calls runWorker; got none';
  throw new DefinitionError(`worker "${name}"`, [problem]);
}
