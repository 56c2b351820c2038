import type { SQSClient } from '@aws-sdk/client-sqs';
import type { Clients } from '@taskfleet/toolbox/aws';
import type { BreakerOptions } from '@taskfleet/toolbox/breaker';
import type { Clock } from '@taskfleet/toolbox/clock';
import type { Fleet } from '@taskfleet/toolbox/contract';
import type { Log } from '@taskfleet/toolbox/log';
import { createPublisher, createScheduler } from '@taskfleet/toolbox/schedule';
import { PLATFORM_WRITER, Statistics } from '@taskfleet/toolbox/statistics';
import { startWatcher } from './deadLetters/index.ts';
import { startDispatcher } from './dispatcher/index.ts';
import { startLateFlows } from './flows/index.ts';
import { guardPlatformTable } from './guardPlatformTable.ts';
import { createOwnMetrics, type OwnMetrics } from './metrics/index.ts';
import { createQueueSampler } from './queues/index.ts';
import type { PlatformConfig } from './platformConfig.ts';
import { startTracker } from './tracker/index.ts';

export interface StartPlatformOptions {
  readonly fleet: Fleet;
  readonly config: Pick<PlatformConfig, 'service' | 'queues'>;
  readonly clients: Pick<Clients, 'sns' | 'sqs' | 'dynamodb' | 's3'>;
  /** The watcher's own: its polls must not keep the tracker's requests waiting for a connection. */
  readonly watcherSqs: SQSClient;
  /** Where tracker and breakers tell how they do. Default: nowhere. */
  readonly metrics?: OwnMetrics;
  readonly clock: Clock;
  readonly log: Log;
  /** Names this process, and no other. */
  readonly holder: string;
  /** When the table counts as unavailable. Default: from the first failure on. */
  readonly breaker?: Partial<BreakerOptions> | undefined;
}

export interface RunningPlatform {
  /** Takes nothing new, and resolves when all that was received is dealt with. */
  stop(): Promise<void>;
  /** Resolves when tracker or watcher receives no more and has no reason for it: the process is to end with an error. */
  readonly expired: Promise<void>;
}

/** Starts tracker, watcher and dispatcher. Neither queues, topic nor table have to be there: what is away is waited for. */
export function startPlatform(options: StartPlatformOptions): RunningPlatform {
  const { fleet, clients, clock, log, holder, breaker, metrics = createOwnMetrics() } = options;
  const { service: config, queues } = options.config;
  const { tableName, topicArn, bucketName, pollSeconds, watchdogSeconds } = config;
  const unguarded = { dynamodb: clients.dynamodb, tableName };
  const guarded = guardPlatformTable({ table: unguarded, breaker, clock, log });
  const { table } = guarded;
  const statistics = new Statistics({ table: unguarded, writer: PLATFORM_WRITER, clock, log });
  const shared = { fleet, table: guarded, statistics, clock, log };
  const consuming = { ...shared, pollSeconds, watchdogSeconds };
  const tracker = startTracker({ ...consuming, metrics, sqs: clients.sqs, queues: config });
  const publishing = { sns: clients.sns, topicArn, table, clock, log };
  const bucket = { s3: clients.s3, bucketName };
  const scheduler = createScheduler({ ...publishing, bucket });
  const { flows } = scheduler;
  const watcher = startWatcher({ ...consuming, sqs: options.watcherSqs, queues, flows });
  const publisher = createPublisher(publishing);
  metrics.watch({ table: guarded.breaker, topic: publisher });
  const alsoDoes = [
    async (goesOn: () => boolean) => startLateFlows({ table, bucket, flows, clock, log }, goesOn),
    createQueueSampler({ sqs: clients.sqs, table, queues, clock, log }),
  ];
  const dispatcher = startDispatcher({ fleet, table, publisher, clock, log, holder, alsoDoes });
  log.event('platform.started', { stage: config.stage });
  return {
    expired: Promise.race([tracker.expired, watcher.expired]),
    stop: async () => {
      await Promise.all([tracker.stop(), watcher.stop(), dispatcher.stop()]);
      await statistics.stop();
      publisher.close();
      scheduler.close();
      guarded.breaker.close();
      log.event('platform.stopped', { abandoned: 0 });
    },
  };
}
