import { ConfigError } from '../contract/index.ts';
import type { Environment } from '../config/index.ts';

/** A started service: what is left to do with it is to stop it. */
export interface Service {
  stop(): Promise<void>;
  /** Resolves when the service is of no use any more, for a reason that it has said. Default: never. */
  readonly expired?: Promise<void>;
}

const STOPPED = 0;
const EXPIRED = 3;

/**
 * Runs a service until SIGTERM or SIGINT, then lets it stop in order; a second signal ends the process at once. Exit codes:
 * 0 stopped, 1 ended at once, 2 the configuration is wrong, 3 the service expired. An expired one is not waited for: what
 * keeps it from receiving keeps it from stopping in order too, and its leases bring its tasks to somebody else.
 */
export async function runService(start: (environment: Environment) => Service): Promise<void> {
  let signals = 0;
  const stopped = Promise.withResolvers<number>();
  const onSignal = () => {
    signals += 1;
    if (signals > 1) process.exit(1);
    service.stop().then(() => stopped.resolve(STOPPED), stopped.reject);
  };
  // Before the start: a service that has said that it is up must not die of a signal. None arrives during the start itself.
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
  const service = startOrExit(start);
  const expired = service.expired?.then(() => EXPIRED);
  process.exit(await Promise.race([stopped.promise, ...(expired ? [expired] : [])]));
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
