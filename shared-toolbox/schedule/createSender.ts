import type { Coalescer } from '../aws/index.ts';
import { type Availability, tableBoard } from '../breaker/index.ts';
import type { Post } from '../canvas/index.ts';
import { type AnyTask, definitionOf, type TaskMessage } from '../contract/index.ts';
import type { TaskTable } from '../table/index.ts';
import { deferTask } from './deferTask.ts';
import { type Asked, Delivery } from './delivery.ts';
import { InputOffload, type InputOffloadOptions } from './inputOffload.ts';
import { outgoing } from './outgoing.ts';
import { Patience } from './patience.ts';
import { publishFailure } from './publishFailure.ts';
import { publishLanes } from './publishLanes.ts';
import { topicBreaker, type TopicBreakerOptions } from './topicBreaker.ts';

export interface SenderOptions extends Omit<TopicBreakerOptions, 'board'>, InputOffloadOptions {
  /** Where results are read from, durable and deferred tasks are kept, and processes tell each other of an outage. */
  readonly table: TaskTable;
}

/** Brings checked messages where they belong: to the topic, or to the table until they are due. */
export interface Sender {
  /**
   * Resolves once the topic, or the table, has taken it. `isDurable`: while the topic is away, the table is to take it. Throws
   * TooLargeError, PublishError, UnavailableError.
   */
  readonly send: (task: AnyTask, message: TaskMessage, isDurable: boolean) => Promise<void>;
  /** As a durable one, a message whose contract may be another worker's. */
  readonly post: Post;
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
  const bring = async ({ task, contract, message, isDurable }: Bringable) => {
    const { dueAt } = message;
    const isKept = isDurable || dueAt !== undefined;
    await inputs.publish({ task, message, isKept }, async (ready) => {
      const keepable = { ...outgoing(ready), definition: definitionOf(contract, ready) };
      if (dueAt !== undefined) return deferTask(table, keepable, dueAt);
      const entry = { ...keepable, isDurable, askedAt: clock.monotonic() };
      return publish(publishes, entry, topic.availability);
    });
  };
  return {
    send: async (task, message, isDurable) => bring({ task, contract: task, message, isDurable }),
    post: async ({ task: name, retentionMs }, message) =>
      bring({ task: { name, retentionMs }, contract: undefined, message, isDurable: true }),
    availability: topic.availability,
    close: topic.close,
  };
}

interface Bringable {
  readonly task: Pick<AnyTask, 'name' | 'retentionMs'>;
  /** The task where it is known; else nothing of the input is shown while the message waits in the table. */
  readonly contract: AnyTask | undefined;
  readonly message: TaskMessage;
  readonly isDurable: boolean;
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
