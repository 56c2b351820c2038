import { fleet } from '@taskfleet/fleet';
import { createClients } from '@taskfleet/toolbox/aws';
import { systemClock } from '@taskfleet/toolbox/clock';
import { createLog } from '@taskfleet/toolbox/log';
import { runService } from '@taskfleet/toolbox/runtime';
import { hostname } from 'node:os';
import { type PlatformConfig, platformConfig } from './platformConfig.ts';
import { type RunningPlatform, startPlatform } from './startPlatform.ts';

await runService((environment) => start(platformConfig(environment)));

function start(config: PlatformConfig): RunningPlatform {
  const { service } = config;
  return startPlatform({
    fleet,
    config,
    clients: createClients(service),
    watcherSqs: createClients(service).sqs,
    clock: systemClock,
    log: createLog({ level: service.logLevel }).child({ service: 'platform' }),
    holder: `${hostname()}/${process.pid}`,
  });
}
