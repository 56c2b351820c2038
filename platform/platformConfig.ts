import { type Environment, type ServiceConfig, serviceConfig } from '@taskfleet/toolbox/config';
import { ConfigError } from '@taskfleet/toolbox/contract';
import { type ServiceQueues, serviceQueues } from './deadLetters/index.ts';

export interface PlatformConfig {
  readonly service: ServiceConfig;
  readonly queues: ServiceQueues;
}

/** What the platform reads from its environment. Throws ConfigError with every problem of both parts. */
export function platformConfig(environment: Environment): PlatformConfig {
  const problems: string[] = [];
  const service = collect(problems, () => serviceConfig(environment));
  const queues = collect(problems, () => serviceQueues(environment));
  if (!service || !queues) throw new ConfigError(problems);
  return { service, queues };
}

function collect<C>(problems: string[], read: () => C): C | undefined {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    problems.push(...error.problems);
    return undefined;
  }
}
