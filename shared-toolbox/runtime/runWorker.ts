import { type Environment, workerConfig, workerSettings } from '../config/index.ts';
import { newProcessId, type Worker, type WorkerImplementation } from '../contract/index.ts';
import { runService } from './runService.ts';
import { startWorker } from './startWorker.ts';
import { poolPort, serveThread } from './threads/serveThread.ts';
import { type WorkerOptions, workerParts } from './workerParts.ts';
import {
  type Implementer,
  type ProgramArguments,
  type WorkerProgram,
  workerProgram,
} from './workerProgram.ts';

/**
 * Runs a worker until the process is told to stop: the whole `main.ts` of a worker service. Configuration comes from the
 * environment, and before it from `options.config`; what is missing or wrong is said in one message, and the exit code is 2.
 *
 * For a worker with `threads()`, each thread of it imports this `main.ts` too, and runs handlers here instead of starting a worker.
 */
export async function runWorker(
  implementation: WorkerImplementation,
  options?: WorkerOptions,
): Promise<void>;
/** The same for handlers that need the contract's `settings`: `runWorker(emailWorker, (settings) => emailWith(openMail(settings)))`. */
export async function runWorker<W extends Worker>(
  worker: W,
  implementer: Implementer<W>,
  options?: WorkerOptions,
): Promise<void>;
export async function runWorker(...given: ProgramArguments): Promise<void> {
  const program = workerProgram(...given);
  const port = poolPort();
  // Its process has read all of the environment before.
  if (port) {
    const settings = workerSettings(program.worker, process.env);
    return serveThread(program.implementation(settings), port);
  }
  await runService((environment) => start(program, environment));
}

function start(program: WorkerProgram, environment: Environment) {
  const { worker, options } = program;
  const { service, settings } = workerConfig(worker, environment, options.config);
  const { pollSeconds, graceSeconds, watchdogSeconds, heartbeatSeconds, ecsAgentUri } = service;
  const parts = workerParts(program.implementation(settings), service, options);
  return startWorker({
    ...parts,
    holder: newProcessId(worker.name, parts.clock),
    pollSeconds,
    graceSeconds,
    watchdogSeconds,
    heartbeatSeconds,
    ecsAgentUri,
    main: process.argv[1],
  });
}
