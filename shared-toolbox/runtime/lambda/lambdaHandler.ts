import { workerConfig } from '../../config/index.ts';
import type { Worker, WorkerImplementation } from '../../contract/index.ts';
import { type WorkerOptions, workerParts } from '../workerParts.ts';
import { type Implementer, type ProgramArguments, workerProgram } from '../workerProgram.ts';
import { createLambdaHandler, type LambdaHandler } from './createLambdaHandler.ts';

/**
 * The whole of a worker's module on Lambda: `export const handler = lambdaHandler(thumbnails)`. Reads the configuration, from
 * `options.config` before the environment, and makes the clients at once, so that every invocation of an execution environment
 * shares them; throws ConfigError naming everything that is missing or wrong, which fails the function's start.
 *
 * The function needs `functionTimeoutSeconds(worker)` as its timeout, its queue `visibilitySeconds(worker)`, and the event
 * source mapping `ReportBatchItemFailures`: without it, what is to come back would be deleted.
 */
export function lambdaHandler(
  implementation: WorkerImplementation,
  options?: WorkerOptions,
): LambdaHandler;
/** The same for handlers that need the contract's `settings`. */
export function lambdaHandler<W extends Worker>(
  worker: W,
  implementer: Implementer<W>,
  options?: WorkerOptions,
): LambdaHandler;
export function lambdaHandler(...given: ProgramArguments): LambdaHandler {
  const { worker, implementation, options } = workerProgram(...given);
  const { service, settings } = workerConfig(worker, process.env, options.config);
  return createLambdaHandler(workerParts(implementation(settings), service, options));
}
