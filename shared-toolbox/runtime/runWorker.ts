import type { ServiceConfig } from '../config/index.ts';
import { newProcessId, type WorkerImplementation } from '../contract/index.ts';
import { runService } from './runService.ts';
import { startWorker } from './startWorker.ts';
import { poolPort, serveThread } from './threads/serveThread.ts';
import { workerConfig, type WorkerOptions, workerParts } from './workerParts.ts';

/**
 * Runs a worker until the process is told to stop: the whole `main.ts` of a worker service. Configuration comes from the
 * environment, and before it from `options.config`; what is missing or wrong is said in one message, and the exit code is 2.
 *
 * For a worker with `threads()`, each thread of it imports this `main.ts` too, and runs handlers here instead of starting a worker.
 */
export async function runWorker(
  implementation: WorkerImplementation,
  options: WorkerOptions = {},
): Promise<void> {
  const port = poolPort();
  if (port) return serveThread(implementation, port);
  await runService((environment) =>
    start(implementation, workerConfig(implementation, environment, options), options),
  );
}

function start(
  implementation: WorkerImplementation,
  config: ServiceConfig,
  options: WorkerOptions,
) {
  const { pollSeconds, graceSeconds, watchdogSeconds, heartbeatSeconds, ecsAgentUri } = config;
  const parts = workerParts(implementation, config, options);
  return startWorker({
    ...parts,
    holder: newProcessId(implementation.worker.name, parts.clock),
    pollSeconds,
    graceSeconds,
    watchdogSeconds,
    heartbeatSeconds,
    ecsAgentUri,
    main: process.argv[1],
  });
}
