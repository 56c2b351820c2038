import { ConfigError } from '../contract/index.ts';
import type { Environment } from '../config/index.ts';

/** A started service: what is left to do with it is to stop it. */
export interface Service {
  stop(): Promise<void>;
  /** Resolves when the service is of no use any more, for a reason that it has said. Default: never. */
  readonly expired?: Promise<void>;
  /** Resolves when somebody wants the service to end: it is stopped in order, as by a signal. Default: never. */
  readonly dismissed?: Promise<void>;
}

const STOPPED = 0;
const EXPIRED = 3;

/**
 * Runs a service until SIGTERM, SIGINT or its dismissal, then lets it stop in order; a second signal ends the process at once. Exit codes:
 * 0 stopped, 1 ended at once, 2 the configuration is wrong, 3 the service expired. An expired one is not waited for: what
 * keeps it from receiving keeps it from stopping in order too, and its leases bring its tasks to somebody else.
 */
export async function runService(start: (environment: Environment) => Service): Promise<void> {
  let signals = 0;
  const signalled = Promise.withResolvers<void>();
  const onSignal = () => {
    signals += 1;
    if (signals > 1) process.exit(1);
    signalled.resolve();
  };
  // Before the start: a signal that comes while the service is set up is no sudden death.
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
  const service = startOrExit(start);
  void service.dismissed?.then(signalled.resolve);
  const stopped = signalled.promise.then(async () => service.stop()).then(() => STOPPED);
  const expired = service.expired?.then(() => EXPIRED);
  process.exit(await Promise.race([stopped, ...(expired ? [expired] : [])]));
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
