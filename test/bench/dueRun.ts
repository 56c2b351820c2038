import type { LocalStack } from '@taskfleet/infra/local';
import { startDispatcher } from '@taskfleet/platform/dispatcher';
import type { TaskId } from '@taskfleet/toolbox/contract';
import { createPublisher } from '@taskfleet/toolbox/schedule';
import { shiftedClock } from '../fixtures/shiftedClock.ts';
import { clientsOf, quiet, resourcesOf, schedulerOn, trackerOn } from '../fixtures/startParts.ts';
import { add, sumFleet } from '../fixtures/sumFleet.ts';

export interface DueRunOptions {
  readonly stack: Pick<LocalStack, 'endpoints' | 'outputs'>;
  readonly tasks: number;
  /** Over which they come due, evenly. */
  readonly seconds: number;
}

/** How far ahead they are scheduled; once all wait, the clock is put on. */
const AHEAD_MS = 24 * 3_600_000;

/** From the dispatcher's start until the first is due: it takes the lead meanwhile. */
const LEAD_MS = 3_000;

/** Calls of `schedule()` under way at once. */
const TOGETHER = 200;

/** Milliseconds after its time that each task was on the topic. */
export async function dueRun({ stack, tasks, seconds }: DueRunOptions): Promise<number[]> {
  const clock = shiftedClock();
  const firstAt = clock.now() + AHEAD_MS;
  const dueAt = (i: number) => firstAt + Math.floor((i * seconds * 1_000) / tasks);
  const times = await scheduleAll(
    stack,
    Array.from({ length: tasks }, (_, i) => dueAt(i)),
  );
  clock.shift(firstAt - LEAD_MS - clock.now());
  const lateMs: number[] = [];
  const all = Promise.withResolvers<void>();
  const clients = clientsOf(stack);
  const { topicArn, tableName } = resourcesOf(stack);
  const common = { table: { dynamodb: clients.dynamodb, tableName }, clock, log: quiet };
  const tracker = trackerOn({ stack, clients, fleet: sumFleet });
  const publisher = createPublisher({ ...common, sns: clients.sns, topicArn });
  const publish: typeof publisher.publish = async (message) => {
    await publisher.publish(message);
    lateMs.push(clock.now() - (times.get(message.id) ?? NaN));
    if (lateMs.length === tasks) all.resolve();
  };
  const dispatcher = startDispatcher({
    ...common,
    publisher: { publish, availability: publisher.availability },
    fleet: sumFleet,
    holder: 'bench',
  });
  await all.promise;
  await Promise.all([dispatcher.stop(), tracker.stop()]);
  publisher.close();
  return lateMs;
}

/** Schedules a task for each time; resolves to when each is due. */
async function scheduleAll(
  stack: DueRunOptions['stack'],
  dueTimes: readonly number[],
): Promise<ReadonlyMap<TaskId, number>> {
  const scheduler = schedulerOn(stack, clientsOf(stack));
  const times = new Map<TaskId, number>();
  for (let start = 0; start < dueTimes.length; start += TOGETHER) {
    const some = dueTimes.slice(start, start + TOGETHER);
    const eta = (_input: unknown, i: number) => ({ eta: new Date(some[i] ?? NaN) });
    const inputs = some.map((_, i) => ({ a: start + i, b: 1 }));
    const handles = await scheduler.scheduleMany(add, inputs, eta);
    for (const [i, { id }] of handles.entries()) times.set(id, some[i] ?? NaN);
  }
  scheduler.close();
  return times;
}
