import { createClients } from '@taskfleet/toolbox/aws';
import { systemClock } from '@taskfleet/toolbox/clock';
import { serviceConfig } from '@taskfleet/toolbox/config';
import { createLog } from '@taskfleet/toolbox/log';
import { runService, startWorker } from '@taskfleet/toolbox/runtime';
import { breakGuard } from './breakGuard.ts';
import { labHandlers } from './labHandlers.ts';
import { openSideLog } from './sideLog.ts';

/** A worker of the lab. As `runWorker`, but for the guard that the lab may break, and a holder that is its process id. */
await runService((environment) => {
  const config = serviceConfig(environment);
  const clients = createClients(config);
  breakGuard(environment['LAB_BROKEN_GUARD'], clients);
  return startWorker({
    implementation: labHandlers({
      seed: environment['LAB_SEED'] ?? '',
      say: openSideLog(environment['LAB_SIDE_LOG'] ?? 'side.jsonl'),
    }),
    clients,
    resources: config,
    clock: systemClock,
    log: createLog({ level: config.logLevel }),
    holder: `lab_${String(process.pid).padStart(12, '0')}`,
    pollSeconds: config.pollSeconds,
    graceSeconds: config.graceSeconds,
  });
});
