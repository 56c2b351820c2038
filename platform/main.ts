import { fleet } from '@taskfleet/fleet';
import { createClients } from '@taskfleet/toolbox/aws';
import { systemClock } from '@taskfleet/toolbox/clock';
import { createLog } from '@taskfleet/toolbox/log';
import { runService } from '@taskfleet/toolbox/runtime';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { accessTo } from './access/index.ts';
import { serveApi } from './api/index.ts';
import { createIdentify } from './identity/index.ts';
import { createOwnMetrics } from './metrics/index.ts';
import { type PlatformConfig, platformConfig } from './platformConfig.ts';
import { type RunningPlatform, startPlatform } from './startPlatform.ts';

/** Beside this program, in the repository as in its image. */
const DASHBOARD = join(import.meta.dirname, 'dashboard', '.build', 'pages');

await runService((environment) => start(platformConfig(environment)));

function start(config: PlatformConfig): RunningPlatform {
  const { service, queues, api, identity, dashboard } = config;
  const log = createLog({ level: service.logLevel }).child({ service: 'platform' });
  const metrics = createOwnMetrics();
  metrics.observeProcess();
  const common = { fleet, metrics, clock: systemClock, log };
  const platform = startPlatform({
    ...common,
    config,
    clients: createClients(service),
    watcherSqs: createClients(service).sqs,
    holder: `${hostname()}/${process.pid}`,
  });
  const access = accessTo({
    config: service,
    clients: createClients(service),
    queues: () => queues,
    clock: systemClock,
    keptAtOnce: log,
  });
  const { clock } = common;
  const identify = createIdentify({ config: identity, keys: access.keys, clock });
  const pages = { folder: DASHBOARD, ...dashboard };
  const served = serveApi({ ...common, access, identity, identify, dashboard: pages }, api);
  return {
    expired: Promise.race([platform.expired, served.expired]),
    stop: async () => {
      await served.stop();
      access.close();
      await platform.stop();
    },
  };
}
