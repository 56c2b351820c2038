import { createClients } from '@taskfleet/toolbox/aws';
import { systemClock } from '@taskfleet/toolbox/clock';
import { createLog } from '@taskfleet/toolbox/log';
import { runService } from '@taskfleet/toolbox/runtime';
import { platformConfig } from '../../../platform/platformConfig.ts';
import { startPlatform } from '../../../platform/startPlatform.ts';
import { labFleet } from './labFleet.ts';

/** The platform for the fleet of the lab: as its own `main.ts`, but for the fleet, and a holder that is its process id. */
await runService((environment) => {
  const config = platformConfig(environment);
  return startPlatform({
    fleet: labFleet,
    config,
    clients: createClients(config.service),
    watcherSqs: createClients(config.service).sqs,
    clock: systemClock,
    log: createLog({ level: config.service.logLevel }),
    holder: String(process.pid),
  });
});
