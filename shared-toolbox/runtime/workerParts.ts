import { createClients } from '../aws/index.ts';
import { systemClock } from '../clock.ts';
import type { ServiceArguments, ServiceConfig } from '../config/index.ts';
import type { WorkerImplementation } from '../contract/index.ts';
import type { Hooks } from '../hooks/index.ts';
import { createLog } from '../log/index.ts';
import type { HandlingOptions } from './handling.ts';

export interface WorkerOptions {
  /** Who is told of what is scheduled and run in this process. Default: nobody. */
  readonly hooks?: readonly Hooks[];
  /** Settings that go before the environment, such as `{ pollSeconds: 5 }`: docs/configuration.md. Default: none. */
  readonly config?: ServiceArguments;
}

/** What a worker's process is put together from, by its configuration. */
export function workerParts(
  implementation: WorkerImplementation,
  config: ServiceConfig,
  { hooks }: WorkerOptions,
): HandlingOptions {
  return {
    implementation,
    hooks,
    clients: createClients(config),
    resources: config,
    clock: systemClock,
    log: createLog({ level: config.logLevel }).child({ worker: implementation.worker.name }),
  };
}
