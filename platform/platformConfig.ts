import {
  endpointsFitStage,
  type Environment,
  type Given,
  LOCAL_STAGE,
  partOf,
  queuesFitPriorities,
  readConfig,
  type ServiceConfig,
  serviceSettings,
  withEndpoints,
} from '@taskfleet/toolbox/config';
import { type ApiConfig, apiConfig, apiSettings, openHereAlone } from './api/index.ts';
import {
  type DashboardConfig,
  dashboardSettings,
  demoHereAlone,
  demoSettings,
} from './dashboard/index.ts';
import {
  type IdentityConfig,
  identityConfig,
  identitySettings,
  issuerWithAudience,
} from './identity/index.ts';
import { queuesSettings, type ServiceQueues, serviceQueuesOf } from './deadLetters/index.ts';

export interface PlatformConfig {
  readonly service: ServiceConfig;
  readonly queues: ServiceQueues;
  readonly api: ApiConfig;
  readonly dashboard: DashboardConfig;
  readonly identity: IdentityConfig;
}

const settings = {
  ...serviceSettings,
  ...queuesSettings,
  ...apiSettings,
  ...dashboardSettings,
  ...demoSettings,
  ...identitySettings,
} as const;

/** What a program that starts the platform may say instead of its environment, by the settings' names. */
export type PlatformArguments = Given<typeof settings>;

const RULES = [
  endpointsFitStage,
  queuesFitPriorities(false),
  issuerWithAudience,
  openHereAlone,
  demoHereAlone,
];

/** What the platform is told: by arguments, else by its environment. Throws ConfigError with every problem of all parts. */
export function platformConfig(
  environment: Environment,
  given?: PlatformArguments,
): PlatformConfig {
  const all = readConfig(settings, environment, { given, rules: RULES });
  const identity = identityConfig(all, all.stage);
  const isLaptop = identity.kind === 'open' || all.stage === LOCAL_STAGE;
  return {
    service: withEndpoints(partOf(serviceSettings, all)),
    queues: serviceQueuesOf(all),
    api: apiConfig(all, isLaptop),
    dashboard: { embedders: all.embedders, demo: all.demo },
    identity,
  };
}
