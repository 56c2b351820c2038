import { apiSettings, openHereAlone } from '@taskfleet/platform/api';
import { homeSettings } from '@taskfleet/platform/cli';
import { dashboardSettings } from '@taskfleet/platform/dashboard';
import { identityConfig, identitySettings, issuerWithAudience } from '@taskfleet/platform/identity';
import {
  type Environment,
  fleetSettings,
  LOCAL_STAGE,
  readConfig,
} from '@taskfleet/toolbox/config';
import type { Fleet } from '@taskfleet/toolbox/contract';
import { pickVariables } from './supervise/inheritedEnvironment.ts';

/** Where the platform is to listen, for whom, and whose pages may show its own. */
const platformSettings = { ...apiSettings, ...dashboardSettings, ...identitySettings } as const;

const settings = { ...platformSettings, ...homeSettings, stage: fleetSettings.stage } as const;

export interface LocalConfig {
  /** Folder of the state. Default: the one in the repository. */
  readonly home: string | undefined;
  /** Whether whoever asks the platform has to show who they are. */
  readonly wantsKeys: boolean;
}

/** What `npm start` is told, which is of the stage `local` whatever the environment says. Throws ConfigError. */
export function localConfig(environment: Environment): LocalConfig {
  const config = readConfig(settings, environment, {
    given: { stage: LOCAL_STAGE },
    rules: [issuerWithAudience, openHereAlone],
  });
  const { kind } = identityConfig(config, config.stage);
  return { home: config.home, wantsKeys: kind !== 'open' };
}

/** What the platform or a worker gets of the environment of the person at this laptop, beside what every service gets. */
export function toldEnvironment(
  { workers }: Fleet,
  service: string,
  environment: Environment,
): Record<string, string> {
  const worker = workers.find(({ name }) => name === service);
  const names = Object.values(worker?.settings ?? platformSettings).map(({ variable }) => variable);
  return pickVariables(environment, names);
}
