import type { ArtifactBucket } from '@taskfleet/toolbox/artifacts';
import { type Clients, createClients } from '@taskfleet/toolbox/aws';
import {
  checkStage,
  depthOf,
  observeQueue,
  observeStage,
} from '@taskfleet/toolbox/conformance/stage';
import { type CollectOptions, readFlowOutput } from '@taskfleet/toolbox/canvas';
import type { Clock } from '@taskfleet/toolbox/clock';
import {
  type Environment,
  fleetConfig,
  type FleetConfig,
  LOCAL_STAGE,
} from '@taskfleet/toolbox/config';
import { isFlowId, type Json, type TaskRecord } from '@taskfleet/toolbox/contract';
import type { Log } from '@taskfleet/toolbox/log';
import { readInput, readOutput } from '@taskfleet/toolbox/offload';
import {
  awaitEnd,
  createPublisher,
  createScheduler,
  type Scheduler,
} from '@taskfleet/toolbox/schedule';
import type { TaskTable } from '@taskfleet/toolbox/table';
import { createAudit } from '../audit/createAudit.ts';
import {
  cancelFamily,
  cancelFlow,
  cancelTask,
  type PurgeOptions,
  purgeQueue,
} from '../cancel/index.ts';
import {
  createDeadLetters,
  queuesOf,
  type ServiceQueues,
  serviceQueues,
} from '../deadLetters/index.ts';
import { pollFollow } from '../follow/index.ts';
import { readDueLag } from '../dispatcher/index.ts';
import { createKeys } from '../identity/index.ts';
import { PeriodicTasks } from '../periodic/index.ts';
import { readQueueHistory, readQueues } from '../queues/index.ts';
import { createReader } from '../reader/index.ts';
import { rescheduleTask } from '../reschedule/index.ts';
import { retryTask } from '../retry/index.ts';
import { createWorkers } from '../signals/index.ts';
import { countMinutes, readStatistics } from '../statistics/index.ts';
import { keepPublished } from '../tracker/index.ts';
import { filesIn } from './filesIn.ts';
import type { FleetAccess } from './fleetAccess.ts';
import { reach, reachable } from './reach.ts';

/** Access to the fleet that an environment describes. Throws ConfigError. */
export function openFleet(
  environment: Environment,
  clock: Clock,
  options: Pick<AccessOptions, 'keptAtOnce'> = {},
): FleetAccess {
  const config = fleetConfig(environment);
  const queues = () => serviceQueues(environment);
  return accessTo({ ...options, config, clients: createClients(config), queues, clock });
}

export interface AccessOptions {
  readonly config: Pick<FleetConfig, 'stage' | 'topicArn' | 'tableName' | 'bucketName'>;
  readonly clients: Clients;
  /** Asked for when a queue is to be reached. May throw ConfigError. */
  readonly queues: () => ServiceQueues;
  readonly clock: Clock;
  /**
   * Whether a task can be read as soon as it is scheduled, before the tracker has seen it, and where it is said when the table did not
   * take it. Needs the right to write definitions. Default: no.
   */
  readonly keptAtOnce?: Pick<Log, 'event'> | undefined;
}

/** Access through AWS's own interfaces, with the rights of the clients' credentials. */
export function accessTo(options: AccessOptions): FleetAccess {
  const { config, clients, queues, clock, keptAtOnce: log } = options;
  const { sns, sqs, dynamodb, s3 } = clients;
  const { topicArn, tableName, bucketName } = config;
  const table = { dynamodb, tableName };
  const bucket = { s3, bucketName };
  const published = log && keepPublished({ table, clock, log });
  const scheduler = createScheduler({ sns, topicArn, table, bucket, clock, published });
  const reader = reachable(createReader(table, clock), READER_ACTIONS);
  const deadLetters = createDeadLetters({ sqs, table, queues, clock });
  return {
    schedule: async (...call) =>
      reach('schedule the task', async () => scheduler.schedule(...call)),
    ...rerunning(scheduler, bucket),
    availability: async () => scheduler.availability(),
    reader,
    follow: pollFollow(reader, clock),
    ...cancelling({ table, clock }),
    reschedule: async (id, when) =>
      reach('reschedule the task', async () => rescheduleTask({ table, clock }, id, when)),
    deadLetters: reachable(deadLetters, DEAD_LETTER_ACTIONS),
    workers: reachable(createWorkers({ table, clock }), WORKER_ACTIONS),
    ...measuring({ table, clock }),
    periodicOf: (fleet) => {
      const publisher = createPublisher({ sns, topicArn, table, clock });
      const tasks = new PeriodicTasks({ fleet, table, publisher, clock });
      return reachable(tasks, PERIODIC_ACTIONS);
    },
    ...knowing({ table, clock, clients }),
    ...filesIn(bucket),
    outputOf: async (record) =>
      reach('fetch the output', async () => outputOf({ table, bucket }, record)),
    awaitEnd: async (options) =>
      reach(`follow task ${options.id}, which goes on`, async () =>
        awaitEnd({ ...options, table, clock }),
      ),
    close: () => scheduler.close(),
    ...lookingAt(options),
  };
}

function measuring(
  kept: Pick<AccessOptions, 'clock'> & { readonly table: TaskTable },
): Pick<FleetAccess, 'statistics' | 'countMinutes' | 'dueLag'> {
  return {
    statistics: async (fleet, query) =>
      reach('read the statistics', async () => readStatistics({ ...kept, fleet }, query)),
    countMinutes: async (fleet, minutes) =>
      reach('read the statistics', async () => countMinutes({ ...kept, fleet }, minutes)),
    dueLag: async () => reach('see what is due', async () => readDueLag(kept)),
  };
}

async function outputOf(kept: CollectOptions, record: TaskRecord): Promise<Json | undefined> {
  const isFlow = isFlowId(record.id) && record.state === 'succeeded';
  return isFlow ? readFlowOutput(kept, record.id) : readOutput(kept.bucket, record);
}

function rerunning(
  { schedule }: Pick<Scheduler, 'schedule'>,
  bucket: ArtifactBucket,
): Pick<FleetAccess, 'retry'> {
  const inputOf = async (record: TaskRecord) => readInput(bucket, record);
  return {
    retry: async (fleet, record, given) =>
      reach('schedule the task', async () =>
        retryTask({ fleet, schedule, inputOf }, record, given),
      ),
  };
}

function lookingAt({
  config,
  clients,
  queues,
  clock,
}: AccessOptions): Pick<FleetAccess, 'place' | 'examine' | 'depth' | 'queues' | 'queueHistory'> {
  const place = { stage: config.stage, isLocal: config.stage === LOCAL_STAGE };
  const { sqs, dynamodb } = clients;
  const { topicArn, tableName, bucketName } = config;
  const table = { dynamodb, tableName };
  const observed = { clients, topicArn, tableName, bucketName, clock };
  return {
    place,
    examine: async (workers, only) =>
      reach('examine the stage', async () => {
        const seen = await observeStage({ ...observed, queues: queues() });
        return checkStage({ seen, workers, only, place });
      }),
    depth: async (service) =>
      reach('look into a queue', async () => {
        const seen = await observeQueue(sqs, queuesOf(queues(), service).queueUrl);
        return seen.kind === 'seen' ? depthOf(seen.value) : undefined;
      }),
    queues: async () =>
      reach('look into the queues', async () =>
        readQueues({ sqs, table, clock, queues: queues() }),
      ),
    queueHistory: async (fleet, query) =>
      reach('read what was in the queues', async () =>
        readQueueHistory({ table, fleet, clock, queues: queues() }, query),
      ),
  };
}

/** Whoever has no credentials is told so by what they do. */
async function accessKeyIdOf({ dynamodb }: Clients): Promise<string | undefined> {
  const credentials = await dynamodb.config.credentials().catch(() => undefined);
  return credentials?.accessKeyId;
}

function cancelling(
  options: Omit<PurgeOptions, 'fleet'>,
): Pick<FleetAccess, 'cancel' | 'cancelFlow' | 'cancelFamily' | 'purgeQueue'> {
  return {
    purgeQueue: async (fleet, request, by) =>
      reach('purge the queue', async () => purgeQueue({ ...options, fleet }, request, by)),
    cancel: async (fleet, id, by) =>
      reach('cancel the task', async () => cancelTask({ ...options, fleet }, id, by)),
    cancelFlow: async (fleet, id, by) =>
      reach('cancel the flow', async () => cancelFlow({ ...options, fleet }, id, by)),
    cancelFamily: async (fleet, id, by) =>
      reach('cancel the family', async () => cancelFamily({ ...options, fleet }, id, by)),
  };
}

/** Who may act, and who did. */
function knowing({
  clients,
  ...kept
}: Parameters<typeof createKeys>[0] & Pick<AccessOptions, 'clients'>): Pick<
  FleetAccess,
  'keys' | 'audit' | 'accessKeyId'
> {
  return {
    accessKeyId: async () => accessKeyIdOf(clients),
    keys: reachable(createKeys(kept), KEY_ACTIONS),
    audit: reachable(createAudit(kept), AUDIT_ACTIONS),
  };
}

const DEAD_LETTER_ACTIONS = {
  list: 'list dead letters',
  get: 'read the dead letter',
  redrive: 'redrive the dead letter',
  redriveAll: 'redrive dead letters',
  purge: 'purge the dead letter',
  purgeAll: 'purge dead letters',
} as const;

const WORKER_ACTIONS = {
  list: 'list workers',
  get: 'read the worker',
  wanted: 'read the worker',
  tell: 'tell the worker',
  awaitHeard: 'see whether the worker has heard it',
} as const;

const PERIODIC_ACTIONS = {
  list: 'list periodic tasks',
  get: 'read the periodic task',
  add: 'add the periodic task',
  remove: 'remove the periodic task',
  pause: 'pause the periodic task',
  resume: 'resume the periodic task',
  run: 'run the periodic task',
} as const;

const KEY_ACTIONS = {
  list: 'list the API keys',
  create: 'keep the API key',
  mint: 'keep the token',
  revoke: 'revoke the API key',
  find: 'look the API key up',
} as const;

const AUDIT_ACTIONS = {
  begin: 'write the audit, without which nothing is done',
  end: 'write the audit',
  list: 'read the audit',
} as const;

const READER_ACTIONS = {
  get: 'read the task',
  log: "read the task's log",
  family: 'read the family',
  list: 'list tasks',
} as const;
