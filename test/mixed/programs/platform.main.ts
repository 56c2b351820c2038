import { createClients } from '@taskfleet/toolbox/aws';
import { systemClock } from '@taskfleet/toolbox/clock';
import { createLog } from '@taskfleet/toolbox/log';
import { runService } from '@taskfleet/toolbox/runtime';
import { platformConfig } from '../../../platform/platformConfig.ts';
import { startPlatform } from '../../../platform/startPlatform.ts';
import { mixedFleet } from './mixedFleet.ts';

await runService((environment) => {
  const config = platformConfig(environment);
  return startPlatform({
    fleet: mixedFleet,
    config,
    clients: createClients(config.service),
    watcherSqs: createClients(config.service).sqs,
    clock: systemClock,
    log: createLog({ level: config.service.logLevel }),
    holder: String(process.pid),
  });
});
