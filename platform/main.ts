import { fleet } from '@taskfleet/fleet';
import { createClients } from '@taskfleet/toolbox/aws';
import { systemClock } from '@taskfleet/toolbox/clock';
import { type ServiceConfig, serviceConfig } from '@taskfleet/toolbox/config';
import { createLog } from '@taskfleet/toolbox/log';
import { runService, type Service } from '@taskfleet/toolbox/runtime';
import { startTracker } from './tracker/index.ts';

await runService((environment) => startPlatform(serviceConfig(environment)));

function startPlatform(config: ServiceConfig): Service {
  const log = createLog({ level: config.logLevel }).child({ service: 'platform' });
  const tracker = startTracker({
    fleet,
    clients: createClients(config),
    resources: config,
    clock: systemClock,
    log,
    pollSeconds: config.pollSeconds,
  });
  log.event('platform.started', { stage: config.stage });
  return {
    stop: async () => {
      await tracker.stop();
      log.event('platform.stopped', { abandoned: 0 });
    },
  };
}
