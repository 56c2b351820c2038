import type { Coalescer } from '../aws/index.ts';
import { type Availability, tableBoard } from '../breaker/index.ts';
import type { Schedule } from '../contract/index.ts';
import type { TaskTable } from '../table/index.ts';
import { awaitOutput } from './awaitResult.ts';
import type { Origin } from './buildMessage.ts';
import { type Asked, Delivery } from './delivery.ts';
import { InputOffload, type InputOffloadOptions } from './inputOffload.ts';
import { Patience } from './patience.ts';
import { outgoing } from './outgoing.ts';
import { publishLanes } from './publishLanes.ts';
import { publishFailure } from './publishFailure.ts';
import { type SchedulePort, scheduleVia } from './scheduleVia.ts';
import { topicBreaker, type TopicBreakerOptions } from './topicBreaker.ts';

export interface SchedulerOptions extends Omit<TopicBreakerOptions, 'board'>, InputOffloadOptions {
  /** Where results are read from, durable tasks are kept meanwhile, and processes tell each other of an outage. */
  readonly table: TaskTable;
}

export interface Scheduler {
  readonly schedule: Schedule;
  /** A `schedule` whose tasks are children of that one: same family, same creator unless said otherwise. */
  scheduleFrom(origin: Origin): Schedule;
  /** What a `schedule()` elsewhere in this process needs, such as in a thread. */
  readonly port: SchedulePort;
  /** Whether the topic is known not to answer; `schedule()` then throws UnavailableError at once. Costs no call. */
  availability(): Availability;
  /** Ends the breaker's timers. They keep no process alive: a program that ends needs no call. */
  close(): void;
}

/**
 * Makes `schedule()`. Calls made in the same moment share a request; two tasks of a group are never under way in two
 * requests at once, so that a group's order is the order of the calls.
 */
export function createScheduler(options: SchedulerOptions): Scheduler {
  const { clock, table, bucket } = options;
  const topic = topicBreaker({ ...options, board: tableBoard({ table, name: 'topic', clock }) });
  const patience = new Patience(clock, topic.options.timeoutMs);
  const delivery = new Delivery({ topic, table, patience, clock });
  const publishes = publishLanes(async (entries: readonly Asked[]) => delivery.send(entries));

  const inputs = new InputOffload(options, topic.availability);

  const port: SchedulePort = {
    publish: async (prepared) =>
      inputs.publish(prepared, async (ready) => {
        const { isDurable } = prepared;
        const entry = { ...outgoing(ready), isDurable, askedAt: clock.monotonic() };
        return publish(publishes, entry, topic.availability);
      }),
    output: async (id, timeoutMs) => awaitOutput({ table, bucket, clock, id, timeoutMs }),
  };
  const scheduleAs = (origin: Origin | undefined) => scheduleVia({ port, origin, clock });

  return {
    schedule: scheduleAs(undefined),
    scheduleFrom: scheduleAs,
    port,
    availability: topic.availability,
    close: topic.close,
  };
}

async function publish(
  publishes: Coalescer<Asked, void>,
  entry: Asked,
  availability: () => Availability,
): Promise<void> {
  try {
    await publishes.add(entry);
  } catch (cause) {
    throw publishFailure(entry.id, cause, availability());
  }
}
