import { setTimeout as delay } from 'node:timers/promises';
import { cachedTemplate, startStack } from '@taskfleet/infra/local';
import { accessTo, type FleetAccess } from '@taskfleet/platform/access';
import { defineFleet, isTaskId, type TaskId, UnknownIdError } from '@taskfleet/toolbox/contract';
import { createScheduler, type Scheduler } from '@taskfleet/toolbox/schedule';
import { readTasks } from '@taskfleet/toolbox/table';
import { memoryLog } from '@taskfleet/toolbox/testing';
import { FleetStoppedError } from './errors.ts';
import { createFaults } from './faults/faults.ts';
import { Silence } from './faults/silence.ts';
import { fleetClock } from './fleetClock.ts';
import { guardScheduling } from './guardScheduling.ts';
import {
  clientsFor,
  configOf,
  environmentOf,
  type Ground,
  platformOn,
  QUICK_BREAKER,
  queuesOf,
} from './parts.ts';
import { Polls } from './polls.ts';
import { Processes } from './processes.ts';
import { refuseStrangers } from './refuseStrangers.ts';
import { Sightings } from './spy/sightings.ts';
import { createSpy } from './spy/spy.ts';
import type { FleetForTestsOptions, TestFleet } from './testFleet.ts';
import { Hides } from './travel/hides.ts';
import type { QueuesParts } from './travel/queuesNow.ts';
import { createTravel } from './travel/travel.ts';
import { dueMoments } from './travel/dueMoments.ts';
import { Wire } from './wire.ts';

/** More than a handler has to end by itself. */
const UNRESPONSIVE_MS = 6_000;

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

/** A fleet for tests, and what it stands on: for what tests more than handlers. */
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
  const { log, ...said } = memoryLog();
  const ground = layGround({ fleet, stack, log });
  starting.defer(() => ground.wire.close(new FleetStoppedError()));
  const sightings = new Sightings(ground.wire, ground.clock);
  const hides = new Hides(ground.wire, ground.clock);
  const queues = { stack, queues: queuesOfRunning(ground, workers), hides, sightings };
  const parts = startParts(ground, queues, workers);
  starting.defer(parts.stop);
  const access = starting.adopt(accessOn(ground), (one) => one.close());
  const caller = starting.adopt(callerOn(ground), (one) => one.close());
  await untilPeriodicTasksWait(ground, periodic.length);
  const faults = createFaults({ ...ground, ...parts, caller });
  const started = starting.move();
  const stop = async () => {
    // No fault is undone by a process that would begin now.
    parts.processes.close();
    await faults.clear();
    await started.disposeAsync();
  };
  const testFleet: TestFleet = {
    ...guardScheduling(caller, ground),
    ...lookingAt(ground, sightings),
    log: said,
    clock: ground.clock,
    environment: environmentOf(stack),
    access,
    travel: createTravel({ ...queues, ...ground, faults }),
    faults,
    cancel: async (id, by = 'the test') => access.cancel(fleet, id, by),
    stop,
    [Symbol.asyncDispose]: stop,
  };
  return { fleet: testFleet, ground, processes: parts.processes };
}

function layGround(given: Pick<Ground, 'fleet' | 'stack' | 'log'>): Ground {
  const wire = new Wire();
  const { sqs, dynamodb } = clientsFor({ ...given, wire }, 'operator');
  const table = { dynamodb, tableName: configOf(given).tableName };
  const ground = { ...given, wire, clock: fleetClock(), sqs, table };
  refuseStrangers(ground);
  return ground;
}

/** Where somebody takes what comes. */
function queuesOfRunning(
  ground: Ground,
  workers: FleetForTestsOptions['workers'],
): QueuesParts['queues'] {
  const running = new Set(['platform', ...workers.map(({ worker }) => worker.name)]);
  return new Map([...queuesOf(ground)].filter(([service]) => running.has(service)));
}

function startParts(ground: Ground, queues: QueuesParts, workers: FleetForTestsOptions['workers']) {
  const polls = new Polls(ground.wire, ground.sqs);
  const silence = new Silence(ground.wire, ground.sqs);
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

function callerOn(ground: Ground): Scheduler {
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

function lookingAt(
  { table, fleet, wire }: Ground,
  sightings: Sightings,
): Pick<TestFleet, 'spy' | 'get'> {
  const read = async (id: TaskId) => {
    if (!isTaskId(id)) throw new UnknownIdError(id);
    const [record] = await readTasks(table, [id], { waiting: true });
    return record;
  };
  return {
    spy: createSpy({ fleet, sightings, read, closed: wire.closed }),
    get: async (id) => {
      const record = await read(id);
      if (!record) throw new UnknownIdError(id);
      return record;
    },
  };
}

/** The dispatcher looks for the first time before it leads, and then after half a second: time is put on by as much. */
async function untilPeriodicTasksWait({ clock, table }: Ground, declared: number): Promise<void> {
  while ((await dueMoments(table)).firings.length < declared) {
    clock.shift(500);
    await delay(5);
  }
}
