import { type Environment, type ServiceConfig, serviceConfig } from '@taskfleet/toolbox/config';
import { ConfigError } from '@taskfleet/toolbox/contract';
import { type ApiConfig, apiConfig } from './api/index.ts';
import { type DashboardConfig, dashboardConfig } from './dashboard/index.ts';
import { type IdentityConfig, identityConfig } from './identity/index.ts';
import { type ServiceQueues, serviceQueues } from './deadLetters/index.ts';

export interface PlatformConfig {
  readonly service: ServiceConfig;
  readonly queues: ServiceQueues;
  readonly api: ApiConfig;
  readonly dashboard: DashboardConfig;
  readonly identity: IdentityConfig;
}

/** What the platform reads from its environment. Throws ConfigError with every problem of all parts. */
export function platformConfig(environment: Environment): PlatformConfig {
  const problems: string[] = [];
  const service = collect(problems, () => serviceConfig(environment));
  const queues = collect(problems, () => serviceQueues(environment));
  const stage = environment['TASKFLEET_STAGE'];
  const identity = collect(problems, () => identityConfig(environment, stage));
  const hasIdentity = identity?.kind !== 'open';
  const api = collect(problems, () => apiConfig(environment, hasIdentity));
  const dashboard = collect(problems, () => dashboardConfig(environment));
  if (!service || !queues || !api || !identity || !dashboard) throw new ConfigError(problems);
  return { service, queues, api, identity, dashboard };
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
