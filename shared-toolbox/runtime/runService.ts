import { ConfigError } from '../contract/index.ts';
import type { Environment } from '../config/index.ts';

/** A started service: what is left to do with it is to stop it. */
export interface Service {
  stop(): Promise<void>;
}

/**
 * Runs a service until SIGTERM or SIGINT, then lets it stop in order; a second signal ends the process at once. Exit codes:
 * 0 stopped, 1 ended at once, 2 the configuration is wrong.
 */
export async function runService(start: (environment: Environment) => Service): Promise<void> {
  const service = startOrExit(start);
  let signals = 0;
  const stopped = Promise.withResolvers<void>();
  const onSignal = () => {
    signals += 1;
    if (signals > 1) process.exit(1);
    service.stop().then(stopped.resolve, stopped.reject);
  };
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
  await stopped.promise;
  process.exit(0);
}

function startOrExit(start: (environment: Environment) => Service): Service {
  try {
    return start(process.env);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(2);
  }
}
