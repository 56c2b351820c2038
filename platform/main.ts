import { fleet } from '@taskfleet/fleet';
import { createClients } from '@taskfleet/toolbox/aws';
import { systemClock } from '@taskfleet/toolbox/clock';
import { createLog } from '@taskfleet/toolbox/log';
import { runService, type Service } from '@taskfleet/toolbox/runtime';
import { createPublisher } from '@taskfleet/toolbox/schedule';
import { hostname } from 'node:os';
import { startWatcher } from './deadLetters/index.ts';
import { startDispatcher } from './dispatcher/index.ts';
import { type PlatformConfig, platformConfig } from './platformConfig.ts';
import { startTracker } from './tracker/index.ts';

await runService((environment) => startPlatform(platformConfig(environment)));

function startPlatform({ service: config, queues }: PlatformConfig): Service {
  const log = createLog({ level: config.logLevel }).child({ service: 'platform' });
  const clients = createClients(config);
  const shared = { fleet, clock: systemClock, log, pollSeconds: config.pollSeconds };
  const table = { dynamodb: clients.dynamodb, tableName: config.tableName };
  const tracker = startTracker({ ...shared, clients, resources: config });
  const watcher = startWatcher({
    ...shared,
    // Its polls must not keep the tracker's requests waiting for a connection.
    sqs: createClients(config).sqs,
    table,
    queues,
  });
  const publisher = createPublisher({
    sns: clients.sns,
    topicArn: config.topicArn,
    table,
    ...shared,
  });
  const holder = `${hostname()}/${process.pid}`;
  const dispatcher = startDispatcher({ ...shared, table, publisher, holder });
  log.event('platform.started', { stage: config.stage });
  return {
    stop: async () => {
      await Promise.all([tracker.stop(), watcher.stop(), dispatcher.stop()]);
      publisher.close();
      log.event('platform.stopped', { abandoned: 0 });
    },
  };
}
