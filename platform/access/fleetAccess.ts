import type { Check, Depth, Place } from '@taskfleet/toolbox/conformance/stage';
import type {
  AnyTask,
  ArtifactRef,
  Fleet,
  InputOf,
  Json,
  ScheduleOptions,
  TaskHandle,
  TaskId,
  TaskRecord,
  Worker,
} from '@taskfleet/toolbox/contract';
import type { Availability } from '@taskfleet/toolbox/breaker';
import type { ArtifactToPut } from '@taskfleet/toolbox/artifacts';
import type { AwaitEndOptions } from '@taskfleet/toolbox/schedule';
import type { Audit } from '../audit/index.ts';
import type { Cancelled, Purged, PurgeRequest } from '../cancel/index.ts';
import type { DeadLetters } from '../deadLetters/index.ts';
import type { Follow } from '../follow/index.ts';
import type { Keys } from '../identity/index.ts';
import type { PeriodicTasks } from '../periodic/index.ts';
import type { QueueHistory, QueueHistoryQuery, QueueView } from '../queues/index.ts';
import type { Reader } from '../reader/index.ts';
import type { RetryGiven } from '../retry/index.ts';
import type { Workers } from '../signals/index.ts';
import type { Counted, Minutes, Statistics, StatisticsQuery } from '../statistics/index.ts';

/** What people and programs do with a fleet, from the command line or through the API. What AWS or an emulator refuses is a FleetUnreachableError. */
export interface FleetAccess {
  /** As `Schedule`; resolves to what can be told of the new task everywhere. */
  readonly schedule: <T extends AnyTask>(
    task: T,
    input: InputOf<T>,
    options?: ScheduleOptions,
  ) => Promise<Pick<TaskHandle, 'id'>>;
  /** Whether the topic is known not to answer; scheduling then fails at once, unless it is durable. */
  readonly availability: () => Promise<Availability>;
  readonly reader: Reader;
  readonly follow: Follow;
  readonly cancel: (fleet: Fleet, id: string, by: string) => Promise<Cancelled>;
  /** Resolves to the ids of those that were cancelled or asked to stop. */
  readonly cancelFlow: (fleet: Fleet, id: TaskId, by: string) => Promise<readonly string[]>;
  readonly cancelFamily: (fleet: Fleet, id: string, by: string) => Promise<readonly string[]>;
  /** Cancels what waits in a worker's queue and has not begun: a page in each call. */
  readonly purgeQueue: (fleet: Fleet, request: PurgeRequest, by: string) => Promise<Purged>;
  /** Resolves to when the task is due now, in milliseconds since 1970. */
  readonly reschedule: (
    id: string,
    when: Pick<ScheduleOptions, 'delay' | 'eta'>,
  ) => Promise<number>;
  /** Resolves to the id of the new task, which names the one that it is run again for. */
  readonly retry: (fleet: Fleet, record: TaskRecord, given: RetryGiven) => Promise<TaskId>;
  readonly deadLetters: DeadLetters;
  readonly workers: Workers;
  /** What was counted of the fleet's tasks. */
  readonly statistics: (fleet: Fleet, query: StatisticsQuery) => Promise<Statistics>;
  /** The same as it was counted, of single minutes. */
  readonly countMinutes: (fleet: Fleet, minutes: Minutes) => Promise<Counted>;
  /** For how many milliseconds the first of what is due, and not published, has been so. */
  readonly dueLag: () => Promise<number>;
  readonly periodicOf: (fleet: Fleet) => Pick<PeriodicTasks, keyof PeriodicTasks>;
  readonly keys: Keys;
  readonly audit: Audit;
  /** Of the AWS credentials that all this is done with; undefined where there are none. It is no secret. */
  readonly accessKeyId: () => Promise<string | undefined>;
  readonly put: (artifact: ArtifactToPut) => Promise<ArtifactRef>;
  /** `task` returned the file: where only own tasks may be read, it has to be named. */
  readonly get: (ref: ArtifactRef, task?: string) => Promise<Uint8Array>;
  /** A link by which whoever has it can fetch the file, for some minutes. Throws ArtifactNotFoundError. */
  readonly linkTo: (ref: ArtifactRef) => Promise<string>;
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
  /** Every queue of every service. */
  readonly queues: () => Promise<readonly QueueView[]>;
  /** What was in them over time. */
  readonly queueHistory: (fleet: Fleet, query: QueueHistoryQuery) => Promise<QueueHistory>;
}
