import { createClients } from '@taskfleet/toolbox/aws';
import { systemClock } from '@taskfleet/toolbox/clock';
import { createLog } from '@taskfleet/toolbox/log';
import { runService } from '@taskfleet/toolbox/runtime';
import { platformConfig } from '../../platform/platformConfig.ts';
import { startPlatform } from '../../platform/startPlatform.ts';
import { sampleFleet } from './sampleFleet.ts';

/** The least that the configuration takes is two minutes. */
const PATIENCE_SECONDS = 3;

await runService((environment) => {
  const { service, queues } = platformConfig(environment);
  return startPlatform({
    fleet: sampleFleet,
    config: { service: { ...service, watchdogSeconds: PATIENCE_SECONDS }, queues },
    clients: createClients(service),
    watcherSqs: createClients(service).sqs,
    clock: systemClock,
    log: createLog({ level: service.logLevel }),
    holder: `test/${process.pid}`,
  });
});
