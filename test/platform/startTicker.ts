import { startStack } from '@taskfleet/infra/local';
import { startDispatcher } from '@taskfleet/platform/dispatcher';
import { drainPeriodic, PeriodicTasks } from '@taskfleet/platform/periodic';
import { createReader } from '@taskfleet/platform/reader';
import {
  defineFleet,
  defineTask,
  defineWorker,
  derivedTaskId,
  implement,
  periodic,
  type PeriodicTask,
  secret,
  type TaskId,
} from '@taskfleet/toolbox/contract';
import { createPublisher } from '@taskfleet/toolbox/schedule';
import { expect } from 'vitest';
import { z } from 'zod';
import { shiftedClock } from '../fixtures/shiftedClock.ts';
import { clientsOf, quiet, resourcesOf, trackerOn, workerOn } from '../fixtures/startParts.ts';

export const tick = defineTask('ticker.tick', {
  input: z.object({ text: z.string(), pin: secret(z.string()).optional() }),
  output: z.string(),
});
/** One of a text until it has ended, which it does when the test says so. */
export const sole = defineTask('ticker.sole', {
  input: z.object({ text: z.string() }),
  output: z.null(),
  unique: ({ text }) => text,
});
const tickerWorker = defineWorker('ticker', { tasks: [tick, sole], lease: '6s' });
export const HOUR_MS = 3_600_000;
export const PATIENCE = { timeout: 20_000 } as const;

const fleetOf = (...declared: PeriodicTask[]) =>
  defineFleet([tickerWorker], { periodic: declared });
export const hourly = periodic('hourly', { every: '1h', task: tick, input: { text: 'hour' } });
export const idOf = (name: string, at: number) =>
  derivedTaskId('ticker', ['periodic', name, String(at)]);

/** A worker, a tracker, and as many replicas that dispatch as a test starts, all by a clock that can be put on. */
export type Ticker = Awaited<ReturnType<typeof startTicker>>;

export async function startTicker() {
  const started = new AsyncDisposableStack();
  const clock = shiftedClock();
  // Well within an hour, so that no firing is due by itself.
  clock.shift(HOUR_MS * 1.5 - (clock.now() % HOUR_MS));
  const stack = started.adopt(await startStack({ fleet: fleetOf() }), async (s) => s.stop());
  const { topicArn, tableName } = resourcesOf(stack);
  const runs: TaskId[] = [];
  const soleMayEnd = Promise.withResolvers<void>();
  const implementation = implement(tickerWorker, {
    'ticker.tick': ({ text }, { id }) => {
      runs.push(id);
      return text;
    },
    'ticker.sole': async (_input, { id }) => {
      runs.push(id);
      await soleMayEnd.promise;
      return null;
    },
  });
  const clients = clientsOf(stack);
  const worker = workerOn({ stack, clients, implementation });
  const tracker = trackerOn({ stack, clients, fleet: fleetOf() });
  started.defer(async () => {
    await Promise.all([worker.stop(), tracker.stop()]);
  });
  const published: TaskId[] = [];
  /** A replica with clients of its own, as far as dispatching goes. */
  const dispatch = (holder: string, declared: readonly PeriodicTask[], leaseMs = 15_000) => {
    const own = clientsOf(stack);
    const table = { dynamodb: own.dynamodb, tableName };
    const publisher = createPublisher({ sns: own.sns, topicArn, table, clock });
    const dispatcher = startDispatcher({
      fleet: fleetOf(...declared),
      table,
      publisher: {
        availability: publisher.availability,
        publish: async (message) => {
          await publisher.publish(message);
          published.push(message.id);
        },
      },
      clock,
      log: quiet,
      holder,
      leaseMs,
    });
    const stop = async () => {
      await dispatcher.stop();
      publisher.close();
    };
    started.defer(stop);
    return { stop, dynamodb: own.dynamodb };
  };
  const table = { dynamodb: clients.dynamodb, tableName };
  const publisher = createPublisher({ sns: clients.sns, topicArn, table, clock });
  started.defer(() => publisher.close());
  const tasks = new PeriodicTasks({ fleet: fleetOf(hourly), table, publisher, clock });
  const next = async (name: string) => (await tasks.get(name).catch(() => undefined))?.next[0];
  /** Waits until it is in the table, puts the clock on to its next firing, and waits until that is done. Resolves to its time. */
  const fireNext = async (name: string) => {
    await expect.poll(async () => next(name), PATIENCE).toBeDefined();
    const at = (await next(name)) ?? NaN;
    clock.shift(at - clock.now());
    await expect.poll(async () => next(name), PATIENCE).toBeGreaterThan(at);
    return at;
  };
  const ran = async (ids: readonly TaskId[]) => {
    await expect.poll(() => runs.length, PATIENCE).toBeGreaterThanOrEqual(ids.length);
    expect(runs.toSorted()).toEqual(ids.toSorted());
  };
  /** What a replica does that believes to lead, whoever else does. */
  const leadBlindly = (declared: readonly PeriodicTask[]) =>
    drainPeriodic({
      fleet: fleetOf(...declared),
      table,
      publisher: {
        availability: publisher.availability,
        publish: async (message) => {
          published.push(message.id);
          await publisher.publish(message);
        },
      },
      clock,
      log: quiet,
      stopping: new AbortController().signal,
      goesOn: () => true,
    });
  return {
    clock,
    dispatch,
    leadBlindly,
    tasks,
    fireNext,
    next,
    runs,
    published,
    ran,
    endSole: soleMayEnd.resolve,
    table,
    reader: createReader(table),
    stop: async () => started.disposeAsync(),
  };
}
