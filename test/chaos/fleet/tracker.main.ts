import { guardPlatformTable, startTracker } from '@taskfleet/platform/tracker';
import { createClients } from '@taskfleet/toolbox/aws';
import { systemClock } from '@taskfleet/toolbox/clock';
import { serviceConfig } from '@taskfleet/toolbox/config';
import { createLog } from '@taskfleet/toolbox/log';
import { runService } from '@taskfleet/toolbox/runtime';
import { labFleet } from './labFleet.ts';

/** The platform's tracker for the fleet of the lab. */
await runService((environment) => {
  const config = serviceConfig(environment);
  const log = createLog({ level: config.logLevel });
  const { sqs, dynamodb } = createClients(config);
  const table = { dynamodb, tableName: config.tableName };
  const tracker = startTracker({
    fleet: labFleet,
    sqs,
    table: guardPlatformTable({ table, clock: systemClock, log }),
    queues: config,
    clock: systemClock,
    log,
    pollSeconds: config.pollSeconds,
    watchdogSeconds: config.watchdogSeconds,
  });
  log.event('platform.started', { stage: config.stage });
  return tracker;
});
