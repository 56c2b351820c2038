import { type ArtifactToPut, putArtifact, readArtifact } from '@taskfleet/toolbox/artifacts';
import { createClients } from '@taskfleet/toolbox/aws';
import type { Clock } from '@taskfleet/toolbox/clock';
import { type Environment, fleetConfig } from '@taskfleet/toolbox/config';
import {
  type ArtifactRef,
  type Fleet,
  type Json,
  PublishError,
  type Schedule,
  type ScheduleOptions,
  TaskfleetError,
  type TaskRecord,
  ThrottledError,
} from '@taskfleet/toolbox/contract';
import { readOutput } from '@taskfleet/toolbox/offload';
import {
  awaitEnd,
  type AwaitEndOptions,
  createPublisher,
  createScheduler,
} from '@taskfleet/toolbox/schedule';
import { type Cancelled, cancelTask } from '../cancel/index.ts';
import { createDeadLetters, type DeadLetters, serviceQueues } from '../deadLetters/index.ts';
import { FleetUnreachableError } from '../errors.ts';
import { PeriodicTasks } from '../periodic/index.ts';
import { createReader, type Reader } from '../reader/index.ts';
import { rescheduleTask } from '../reschedule/index.ts';

/** What commands do with a fleet. What AWS or an emulator refuses is a FleetUnreachableError. */
export interface FleetAccess {
  readonly schedule: Schedule;
  readonly reader: Reader;
  readonly cancel: (fleet: Fleet, id: string, by: string) => Promise<Cancelled>;
  /** Resolves to when the task is due now, in milliseconds since 1970. */
  readonly reschedule: (
    id: string,
    when: Pick<ScheduleOptions, 'delay' | 'eta'>,
  ) => Promise<number>;
  readonly deadLetters: DeadLetters;
  readonly periodicOf: (fleet: Fleet) => Pick<PeriodicTasks, keyof PeriodicTasks>;
  readonly put: (artifact: ArtifactToPut) => Promise<ArtifactRef>;
  readonly get: (ref: ArtifactRef) => Promise<Uint8Array>;
  /** What the task returned, a large output read from the bucket. Throws StoredValueError when that is gone. */
  readonly outputOf: (record: TaskRecord) => Promise<Json | undefined>;
  readonly awaitEnd: (options: Omit<AwaitEndOptions, 'table' | 'clock'>) => Promise<TaskRecord>;
}

/** Access to the fleet that an environment describes. Throws ConfigError. */
export function openFleet(environment: Environment, clock: Clock): FleetAccess {
  const config = fleetConfig(environment);
  const { sns, sqs, dynamodb, s3 } = createClients(config);
  const { topicArn, tableName, bucketName } = config;
  const table = { dynamodb, tableName };
  const bucket = { s3, bucketName };
  const { schedule } = createScheduler({ sns, topicArn, table, bucket, clock });
  const reader = createReader(table, clock);
  const queues = () => serviceQueues(environment);
  const deadLetters = createDeadLetters({ sqs, table, queues, clock });
  return {
    schedule: async (...call) => reach('schedule the task', async () => schedule(...call)),
    reader: {
      get: async (id) => reach('read the task', async () => reader.get(id)),
      list: async (request) => reach('list tasks', async () => reader.list(request)),
    },
    cancel: async (fleet, id, by) =>
      reach('cancel the task', async () => cancelTask({ table, fleet, clock }, id, by)),
    reschedule: async (id, when) =>
      reach('reschedule the task', async () => rescheduleTask({ table, clock }, id, when)),
    deadLetters: reachable(deadLetters),
    periodicOf: (fleet) => {
      const publisher = createPublisher({ sns, topicArn, table, clock });
      return reachablePeriodic(new PeriodicTasks({ fleet, table, publisher, clock }));
    },
    put: async (artifact) => reach('store the file', async () => putArtifact(bucket, artifact)),
    get: async (ref) => reach('fetch the file', async () => readArtifact(bucket, ref)),
    outputOf: async (record) => reach('fetch the output', async () => readOutput(bucket, record)),
    awaitEnd: async (options) =>
      reach(`follow task ${options.id}, which goes on`, async () =>
        awaitEnd({ ...options, table, clock }),
      ),
  };
}

function reachable(letters: DeadLetters): DeadLetters {
  return {
    list: async (...call) => reach('list dead letters', async () => letters.list(...call)),
    get: async (...call) => reach('read the dead letter', async () => letters.get(...call)),
    redrive: async (...call) =>
      reach('redrive the dead letter', async () => letters.redrive(...call)),
    redriveAll: async (...call) =>
      reach('redrive dead letters', async () => letters.redriveAll(...call)),
    purge: async (...call) => reach('purge the dead letter', async () => letters.purge(...call)),
    purgeAll: async (...call) => reach('purge dead letters', async () => letters.purgeAll(...call)),
  };
}

function reachablePeriodic(tasks: PeriodicTasks): Pick<PeriodicTasks, keyof PeriodicTasks> {
  return {
    list: async () => reach('list periodic tasks', async () => tasks.list()),
    get: async (...call) => reach('read the periodic task', async () => tasks.get(...call)),
    add: async (...call) => reach('add the periodic task', async () => tasks.add(...call)),
    remove: async (...call) => reach('remove the periodic task', async () => tasks.remove(...call)),
    pause: async (...call) => reach('pause the periodic task', async () => tasks.pause(...call)),
    resume: async (...call) => reach('resume the periodic task', async () => tasks.resume(...call)),
    run: async (...call) => reach('run the periodic task', async () => tasks.run(...call)),
  };
}

/** The one place where errors of the SDK become ours. Our own, and the reason of an abort, pass as they are. */
async function reach<T>(action: string, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof PublishError)
      throw new FleetUnreachableError(action, error.cause ?? error);
    if (error instanceof ThrottledError) throw new FleetUnreachableError(action, error);
    if (error instanceof TaskfleetError || isAbort(error)) throw error;
    throw new FleetUnreachableError(action, error);
  }
}

function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}
