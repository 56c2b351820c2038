import { type LocalStack, startStack } from '@taskfleet/infra/local';
import { startDispatcher } from '@taskfleet/platform/dispatcher';
import { MEASURED, writeUnitsPerTask } from '@taskfleet/platform/cost';
import { serviceConfig } from '@taskfleet/toolbox/config';
import { DUE_SHARDS } from '@taskfleet/toolbox/table';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { manualClock } from '../../shared-toolbox/testing/manualClock.ts';
import { measuredFleet, measureTasks } from '../bench/measureTasks.ts';
import { meter } from '../bench/meter.ts';
import { clientsOf, quiet, resourcesOf } from '../fixtures/startParts.ts';

/** The figures that `taskfleet cost` reads. Where the code asks AWS for something else by now: npm run bench:cost -- --write. */
const { task, idleMinute } = MEASURED;

let stack: LocalStack;
beforeAll(async () => {
  stack = await startStack({ fleet: measuredFleet });
});
afterAll(async () => stack.stop());

describe('what a task asks of AWS', () => {
  it('is as measured, and at most four write units, when it comes alone', async () => {
    const { bytes, ...alone } = await measureTasks({
      stack,
      tasks: 10,
      how: 'alone',
      payloadBytes: 32,
    });
    expect(alone).toEqual(task.alone);
    expect(alone.writeUnits).toBeLessThanOrEqual(4);
    expect({ ...bytes, log: 0 }).toEqual({ ...task.bytes, log: 0 });
    // A line says how many milliseconds the task took.
    expect(Math.abs(bytes.log - task.bytes.log)).toBeLessThanOrEqual(10);
  });

  it('is as few write units when many come together, in a tenth of the publishes', async () => {
    const measured = await measureTasks({ stack, tasks: 200, how: 'together', payloadBytes: 32 });
    expect(measured.writeUnits).toBe(task.together.writeUnits);
    expect(measured.requests['PublishBatch']).toBe(task.together.requests.PublishBatch);
  });

  // A second write unit is needed from 790 bytes on; times that end in zeros take a byte or two less.
  it.each([789, 800, 2_048, 60_000])(
    'grows with an input of %i bytes as the estimate says',
    async (payloadBytes) => {
      const { writeUnits } = await measureTasks({ stack, tasks: 2, how: 'alone', payloadBytes });
      expect(writeUnits).toBe(writeUnitsPerTask({ payloadBytes, batching: 'alone' }));
    },
  );

  it('is a reference only, for an input that goes through the bucket', async () => {
    const payloadBytes = 100_000;
    const { writeUnits, requests } = await measureTasks({
      stack,
      tasks: 2,
      how: 'alone',
      payloadBytes,
    });
    expect(writeUnits).toBe(writeUnitsPerTask({ payloadBytes, batching: 'alone' }));
    expect(requests).toMatchObject({ PutObject: 1, GetObject: 1 });
  });
});

describe('what a minute without tasks asks of AWS', () => {
  it("is, of the dispatcher's doing, as measured", async () => {
    const clients = clientsOf(stack);
    const counted = meter(clients);
    // Its lead, each shard, and periodic tasks.
    const clock = clockOfOneMinute(1 + DUE_SHARDS.length + 1);
    const dispatcher = startDispatcher({
      fleet: measuredFleet,
      table: { dynamodb: clients.dynamodb, tableName: resourcesOf(stack).tableName },
      publisher: { publish: async () => undefined, availability: () => ({ available: true }) },
      clock,
      log: quiet,
      holder: 'test',
    });
    await clock.isOver;
    const { Query = 0, PutItem = 0 } = Object.fromEntries(counted.requests);
    const { platform } = idleMinute;
    expect(PutItem).toBe(platform.requests.PutItem);
    // The measured minute has the looks at flows that were never begun too: one in five seconds.
    expect(Query / platform.requests.Query).toBeGreaterThan(0.97);
    expect(Query / platform.requests.Query).toBeLessThan(1.03);
    expect(counted.writeUnits).toBe(platform.writeUnits);
    expect(Math.abs(counted.readUnits / platform.readUnits - 1)).toBeLessThan(0.06);
    await dispatcher.stop();
  });

  it('is a receive for each poll of the time that a service has by default', () => {
    const { pollSeconds } = serviceConfig({
      TASKFLEET_STAGE: 'dev',
      AWS_REGION: 'us-east-1',
      TASKFLEET_TOPIC_ARN: 'arn:aws:sns:us-east-1:123456789012:t.fifo',
      TASKFLEET_TABLE: 'table',
      TASKFLEET_BUCKET: 'bucket',
      TASKFLEET_QUEUE_URL: 'https://sqs.us-east-1.amazonaws.com/123456789012/q.fifo',
      TASKFLEET_DEAD_LETTER_QUEUE_URL: 'https://sqs.us-east-1.amazonaws.com/123456789012/d.fifo',
    });
    const polls = 60 / pollSeconds;
    const beats = 60 / 10;
    const heart = { GetItem: beats, PutItem: beats };
    expect(idleMinute.worker.requests).toEqual({ ReceiveMessage: polls, ...heart });
    // Its own queue, and the dead letters of the worker and of itself.
    expect(idleMinute.platform.requests.ReceiveMessage).toBe(3 * polls);
  });
});

/** A clock on which sleeping takes no time, until a minute is over; then nobody wakes any more but to stop. */
function clockOfOneMinute(sleepers: number) {
  const clock = manualClock();
  const over = Promise.withResolvers<void>();
  let asleep: { readonly at: number; readonly wake: () => void }[] = [];
  return {
    ...clock,
    isOver: over.promise,
    sleep: async (ms: number, signal?: AbortSignal) =>
      new Promise<void>((wake) => {
        signal?.addEventListener('abort', () => wake());
        asleep.push({ at: clock.monotonic() + ms, wake });
        if (asleep.length < sleepers) return;
        const next = Math.min(...asleep.map(({ at }) => at));
        if (next >= 60_000) return over.resolve();
        clock.advance(next - clock.monotonic());
        const due = asleep.filter(({ at }) => at === next);
        asleep = asleep.filter(({ at }) => at !== next);
        for (const sleeper of due) sleeper.wake();
      }),
  };
}
