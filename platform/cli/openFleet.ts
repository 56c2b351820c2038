import { type ArtifactToPut, putArtifact, readArtifact } from '@taskfleet/toolbox/artifacts';
import { createClients } from '@taskfleet/toolbox/aws';
import {
  type Check,
  checkStage,
  type Depth,
  depthOf,
  observeQueue,
  observeStage,
  type Place,
} from '@taskfleet/toolbox/conformance/stage';
import { type CollectOptions, readFlowOutput } from '@taskfleet/toolbox/canvas';
import type { Clock } from '@taskfleet/toolbox/clock';
import { type Environment, fleetConfig, LOCAL_STAGE } from '@taskfleet/toolbox/config';
import {
  type ArtifactRef,
  type Fleet,
  isFlowId,
  type Json,
  PublishError,
  type Schedule,
  type ScheduleOptions,
  TaskfleetError,
  type TaskId,
  type TaskRecord,
  ThrottledError,
  type Worker,
} from '@taskfleet/toolbox/contract';
import { readOutput } from '@taskfleet/toolbox/offload';
import { awaitEnd, type AwaitEndOptions, createScheduler } from '@taskfleet/toolbox/schedule';
import {
  type Cancelled,
  type CancelOptions,
  cancelFamily,
  cancelFlow,
  cancelTask,
} from '../cancel/index.ts';
import {
  createDeadLetters,
  type DeadLetters,
  queuesOf,
  serviceQueues,
} from '../deadLetters/index.ts';
import { FleetUnreachableError } from '../errors.ts';
import { createReader, type Reader } from '../reader/index.ts';
import { rescheduleTask } from '../reschedule/index.ts';
import { createWorkers, type Workers } from '../signals/index.ts';

/** What commands do with a fleet. What AWS or an emulator refuses is a FleetUnreachableError. */
export interface FleetAccess {
  readonly schedule: Schedule;
  readonly reader: Reader;
  readonly cancel: (fleet: Fleet, id: string, by: string) => Promise<Cancelled>;
  /** Resolves to the ids of those that were cancelled or asked to stop. */
  readonly cancelFlow: (fleet: Fleet, id: TaskId, by: string) => Promise<readonly string[]>;
  readonly cancelFamily: (fleet: Fleet, id: string, by: string) => Promise<readonly string[]>;
  /** Resolves to when the task is due now, in milliseconds since 1970. */
  readonly reschedule: (
    id: string,
    when: Pick<ScheduleOptions, 'delay' | 'eta'>,
  ) => Promise<number>;
  readonly deadLetters: DeadLetters;
  readonly workers: Workers;
  readonly put: (artifact: ArtifactToPut) => Promise<ArtifactRef>;
  readonly get: (ref: ArtifactRef) => Promise<Uint8Array>;
  /** What the task returned, a large output read from the bucket. Throws StoredValueError when that is gone. */
  readonly outputOf: (record: TaskRecord) => Promise<Json | undefined>;
  readonly awaitEnd: (options: Omit<AwaitEndOptions, 'table' | 'clock'>) => Promise<TaskRecord>;
  /** Ends what looks at the topic in the background. It keeps no process alive: a program that ends needs no call. */
  readonly close: () => void;
  readonly place: Place;
  /** Every resource of the stage against its contracts. */
  readonly examine: (workers: readonly Worker[], only: Worker | undefined) => Promise<Check[]>;
  /** What is in the queue of a service; undefined when that cannot be told. */
  readonly depth: (service: string) => Promise<Depth | undefined>;
}

/** Access to the fleet that an environment describes. Throws ConfigError. */
export function openFleet(environment: Environment, clock: Clock): FleetAccess {
  const config = fleetConfig(environment);
  const clients = createClients(config);
  const { sns, sqs, dynamodb, s3 } = clients;
  const { topicArn, tableName, bucketName } = config;
  const table = { dynamodb, tableName };
  const bucket = { s3, bucketName };
  const scheduler = createScheduler({ sns, topicArn, table, bucket, clock });
  const reader = createReader(table, clock);
  const queues = () => serviceQueues(environment);
  const deadLetters = createDeadLetters({ sqs, table, queues, clock });
  const place = { stage: config.stage, isLocal: config.stage === LOCAL_STAGE };
  const observed = { clients, topicArn, tableName, bucketName, clock };
  return {
    schedule: async (...call) =>
      reach('schedule the task', async () => scheduler.schedule(...call)),
    reader: {
      get: async (id) => reach('read the task', async () => reader.get(id)),
      list: async (request) => reach('list tasks', async () => reader.list(request)),
    },
    ...cancelling({ table, clock }),
    reschedule: async (id, when) =>
      reach('reschedule the task', async () => rescheduleTask({ table, clock }, id, when)),
    deadLetters: reachable(deadLetters),
    workers: reachableWorkers(createWorkers({ table, clock })),
    put: async (artifact) => reach('store the file', async () => putArtifact(bucket, artifact)),
    get: async (ref) => reach('fetch the file', async () => readArtifact(bucket, ref)),
    outputOf: async (record) =>
      reach('fetch the output', async () => outputOf({ table, bucket }, record)),
    awaitEnd: async (options) =>
      reach(`follow task ${options.id}, which goes on`, async () =>
        awaitEnd({ ...options, table, clock }),
      ),
    close: () => scheduler.close(),
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
  };
}

async function outputOf(kept: CollectOptions, record: TaskRecord): Promise<Json | undefined> {
  const isFlow = isFlowId(record.id) && record.state === 'succeeded';
  return isFlow ? readFlowOutput(kept, record.id) : readOutput(kept.bucket, record);
}

function cancelling(
  options: Omit<CancelOptions, 'fleet'>,
): Pick<FleetAccess, 'cancel' | 'cancelFlow' | 'cancelFamily'> {
  return {
    cancel: async (fleet, id, by) =>
      reach('cancel the task', async () => cancelTask({ ...options, fleet }, id, by)),
    cancelFlow: async (fleet, id, by) =>
      reach('cancel the flow', async () => cancelFlow({ ...options, fleet }, id, by)),
    cancelFamily: async (fleet, id, by) =>
      reach('cancel the family', async () => cancelFamily({ ...options, fleet }, id, by)),
  };
}

function reachableWorkers(workers: Workers): Workers {
  return {
    list: async (...call) => reach('list workers', async () => workers.list(...call)),
    get: async (...call) => reach('read the worker', async () => workers.get(...call)),
    wanted: async (...call) => reach('read the worker', async () => workers.wanted(...call)),
    tell: async (...call) => reach('tell the worker', async () => workers.tell(...call)),
    awaitHeard: async (...call) =>
      reach('see whether the worker has heard it', async () => workers.awaitHeard(...call)),
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
