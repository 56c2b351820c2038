import { setTimeout as delay } from 'node:timers/promises';
import { cachedTemplate, startStack } from '@taskfleet/infra/local';
import { accessTo, type FleetAccess } from '@taskfleet/platform/access';
import {
  defineFleet,
  isTaskId,
  type PeriodicTask,
  type TaskId,
  type TaskRecord,
  UnknownIdError,
  type Worker,
  type WorkerImplementation,
} from '@taskfleet/toolbox/contract';
import { createScheduler, type Scheduling } from '@taskfleet/toolbox/schedule';
import { readTasks } from '@taskfleet/toolbox/table';
import { type MemoryLog, memoryLog } from '@taskfleet/toolbox/testing';
import { type FleetClock, fleetClock } from './fleetClock.ts';
import { guardScheduling } from './guardScheduling.ts';
import {
  cleanClients,
  clientsFor,
  configOf,
  type Ground,
  platformOn,
  QUICK_BREAKER,
  queuesOf,
} from './parts.ts';
import { createFaults, type Faults } from './faults/faults.ts';
import { Silence } from './faults/silence.ts';
import { Polls } from './polls.ts';
import { Processes } from './processes.ts';
import type { QueuesParts } from './travel/queuesNow.ts';
import { refuseStrangers } from './refuseStrangers.ts';
import { createSpy, type Spy } from './spy/spy.ts';
import { Sightings } from './spy/sightings.ts';
import { Hides } from './travel/hides.ts';
import { createTravel, type Travel, type TravelParts } from './travel/travel.ts';
import { Wire } from './wire.ts';

/** More than a handler has to end by itself. */
const UNRESPONSIVE_MS = 6_000;

export interface FleetForTestsOptions {
  /** What runs: each worker with its handlers, as `implement()` joins them. */
  readonly workers: readonly WorkerImplementation[];
  /** Workers without handlers: what is scheduled for them waits in their queues. Default: none. */
  readonly declared?: readonly Worker[];
  /** Default: none. */
  readonly periodic?: readonly PeriodicTask[];
}

/** A fleet on emulators in this process, with nothing of it outside. */
export interface TestFleet extends Scheduling, AsyncDisposable {
  /** Waits for what becomes of tasks, also for what has happened already. */
  readonly spy: Spy;
  readonly travel: Travel;
  readonly faults: Faults;
  /** The time of everything in it: goes as the system's, and is put on by `travel`. */
  readonly clock: Pick<FleetClock, 'now'>;
  /** Every line that platform and workers have written. */
  readonly log: Pick<MemoryLog, 'lines' | 'of'>;
  /** All else that people do with a fleet: cancel, dead letters, periodic tasks, workers, files. No fault reaches it. */
  readonly access: FleetAccess;
  /** What is known of a task now. Throws UnknownIdError. */
  get(id: TaskId): Promise<TaskRecord>;
  /** Asks for a task's end. */
  cancel(id: TaskId, by?: string): ReturnType<FleetAccess['cancel']>;
  /** Ends workers, platform and emulators; whatever ran is released. */
  stop(): Promise<void>;
}

/**
 * Boots the emulators on free ports of 127.0.0.1, puts the stack on them that a deployment would, and starts the platform and the
 * workers, all in this process.
 *
 * @example await using fleet = await fleetForTests({ workers: [implementation] });
 */
export async function fleetForTests(options: FleetForTestsOptions): Promise<TestFleet> {
  const { fleet } = await bootFleet(options);
  return fleet;
}

/** A fleet for tests, and what it stands on: for what tests more than a handler. */
export interface BootedFleet {
  readonly fleet: TestFleet;
  readonly ground: Ground;
  readonly processes: Processes;
}

export async function bootFleet(options: FleetForTestsOptions): Promise<BootedFleet> {
  const { workers, declared = [], periodic = [] } = options;
  const contracts = [...workers.map(({ worker }) => worker), ...declared];
  const fleet = defineFleet(contracts, { periodic });
  await using starting = new AsyncDisposableStack();
  const synthesize = cachedTemplate;
  const stack = starting.adopt(await startStack({ fleet, synthesize }), async (s) => s.stop());
  const wire = new Wire();
  const log = memoryLog();
  const ground: Ground = { fleet, stack, clock: fleetClock(), wire, log: log.log };
  refuseStrangers(ground);
  const sightings = new Sightings(wire, ground.clock);
  const hides = new Hides(wire, ground.clock);
  const queues = { stack, queues: queuesOf(ground), hides, sightings };
  const { processes, silence, stop: stopParts } = startParts(ground, queues, workers);
  starting.defer(stopParts);
  const fleetAccess = starting.adopt(accessOn(ground), (access) => access.close());
  const read = reader(ground);
  const caller = starting.adopt(callerOn(ground), (scheduler) => scheduler.close());
  const periodicTasks = fleetAccess.periodicOf(fleet);
  const travelling = {
    ...queues,
    ...handTools(ground),
    clock: ground.clock,
    periodic: periodicTasks,
  };
  await untilPeriodicTasksWait(travelling, periodic.length);
  const { sqs } = travelling;
  const { inspectQueue } = stack;
  const faults = createFaults({
    fleet,
    wire,
    sqs,
    inspectQueue,
    processes,
    silence,
    caller,
    sleep: delay,
  });
  const started = starting.move();
  const guarded = guardScheduling(caller, ground, () => started.disposed);
  const stop = async () => {
    processes.close();
    await faults.clear();
    await started.disposeAsync();
  };
  const testFleet: TestFleet = {
    ...guarded,
    clock: ground.clock,
    log,
    access: fleetAccess,
    travel: createTravel(travelling),
    faults,
    spy: createSpy({ fleet, sightings, read, sleep: ground.clock.sleep }),
    get: async (id) => {
      const record = await read(id);
      if (!record) throw new UnknownIdError(id);
      return record;
    },
    cancel: async (id, by = 'the test') => fleetAccess.cancel(fleet, id, by),
    stop,
    [Symbol.asyncDispose]: stop,
  };
  return { fleet: testFleet, ground, processes };
}

function startParts(ground: Ground, queues: QueuesParts, workers: readonly WorkerImplementation[]) {
  const { sqs } = cleanClients(ground.stack);
  const polls = new Polls(ground.wire, sqs);
  const silence = new Silence(ground.wire, sqs);
  const platform = platformOn(ground);
  const processes = new Processes(ground, { ...queues, polls }, workers);
  return {
    processes,
    silence,
    stop: async () => {
      polls.endAll();
      const stopped = Promise.all([platform.stop(), processes.stop()]).then(() => true);
      // A handler that goes on after its end would be waited for.
      while (!(await Promise.race([stopped, delay(5, false)]))) ground.clock.shift(UNRESPONSIVE_MS);
    },
  };
}

function callerOn(ground: Ground) {
  const { fleet, clock } = ground;
  const { sns, dynamodb, s3 } = clientsFor(ground, 'caller');
  const { topicArn, tableName, bucketName } = configOf(ground);
  return createScheduler({
    fleet,
    sns,
    topicArn,
    table: { dynamodb, tableName },
    bucket: { s3, bucketName },
    clock,
    breaker: QUICK_BREAKER,
  });
}

function accessOn(ground: Ground): FleetAccess {
  return accessTo({
    config: configOf(ground),
    clients: clientsFor(ground, 'operator'),
    queues: () => queuesOf(ground),
    clock: ground.clock,
  });
}

function reader({ stack }: Ground) {
  const { dynamodb } = cleanClients(stack);
  const { tableName } = configOf({ stack });
  return async (id: TaskId): Promise<TaskRecord | undefined> => {
    if (!isTaskId(id)) throw new UnknownIdError(id);
    const [record] = await readTasks({ dynamodb, tableName }, [id], { waiting: true });
    return record;
  };
}

/** What the kit itself acts with: no fault reaches it. */
function handTools({ stack }: Ground) {
  const { sqs, dynamodb } = cleanClients(stack);
  return { sqs, table: { dynamodb, tableName: configOf({ stack }).tableName } };
}

/** The dispatcher looks for the first time before it leads, and then after half a second: time is put on by as much. */
async function untilPeriodicTasksWait(
  { clock, periodic }: TravelParts,
  declared: number,
): Promise<void> {
  while ((await periodic.list()).length < declared) {
    clock.shift(500);
    await delay(5);
  }
}
