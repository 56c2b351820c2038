import type { Coalescer } from '../aws/index.ts';
import { type Availability, tableBoard } from '../breaker/index.ts';
import type { TaskDefinitionRecord, TaskMessage } from '../contract/index.ts';
import type { TaskTable } from '../table/index.ts';
import { deferTask } from './deferTask.ts';
import { type Asked, Delivery } from './delivery.ts';
import { InputOffload, type InputOffloadOptions } from './inputOffload.ts';
import { outgoing } from './outgoing.ts';
import { Patience } from './patience.ts';
import type { Prepared } from './prepare.ts';
import { publishFailure } from './publishFailure.ts';
import { publishLanes } from './publishLanes.ts';
import { topicBreaker, type TopicBreakerOptions } from './topicBreaker.ts';

export interface SenderOptions extends Omit<TopicBreakerOptions, 'board'>, InputOffloadOptions {
  /** Where results are read from, durable and deferred tasks are kept, and processes tell each other of an outage. */
  readonly table: TaskTable;
}

/** Brings checked messages where they belong: to the topic, or to the table until they are due. */
export interface Sender {
  /** Resolves once the topic, or the table, has taken it, to what may be shown of it. Throws TooLargeError, PublishError, UnavailableError. */
  readonly send: (prepared: Prepared) => Promise<TaskDefinitionRecord>;
  readonly availability: () => Availability;
  /** Ends the breaker's timers. */
  readonly close: () => void;
}

/**
 * Calls made in the same moment share a request; two tasks of a group are never under way in two requests at once, so that a
 * group's order is the order of the calls.
 */
export function createSender(options: SenderOptions): Sender {
  const { clock, table } = options;
  const topic = topicBreaker({ ...options, board: tableBoard({ table, name: 'topic', clock }) });
  const patience = new Patience(clock, topic.options.timeoutMs);
  const delivery = new Delivery({ topic, table, patience, clock });
  const publishes = publishLanes(async (entries: readonly Asked[]) => delivery.send(entries));
  const inputs = new InputOffload(options, topic.availability);
  return {
    send: async (prepared) => {
      const { isDurable, message } = prepared;
      let { definition } = prepared;
      await inputs.publish(prepared, async (ready) => {
        definition = storedAs(definition, ready);
        const keepable = { ...outgoing(ready), definition };
        if (message.dueAt !== undefined) return deferTask(table, keepable, message.dueAt);
        const entry = { ...keepable, isDurable, askedAt: clock.monotonic() };
        return publish(publishes, entry, topic.availability);
      });
      return definition;
    },
    availability: topic.watch,
    close: topic.close,
  };
}

/** What may be shown of a message whose input may have gone to the bucket meanwhile. */
function storedAs(
  { input, ...definition }: TaskDefinitionRecord,
  { inputAt, inputBytes }: TaskMessage,
): TaskDefinitionRecord {
  return inputAt === undefined ? { ...definition, input } : { ...definition, inputAt, inputBytes };
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
