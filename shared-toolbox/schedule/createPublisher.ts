import { type BreakerState, tableBoard } from '../breaker/index.ts';
import { parseMessage } from '../contract/index.ts';
import type { TaskTable } from '../table/index.ts';
import type { Outgoing } from './outgoing.ts';
import { publishFailure } from './publishFailure.ts';
import { publishLanes } from './publishLanes.ts';
import { topicBreaker, type TopicBreakerOptions } from './topicBreaker.ts';

export interface PublisherOptions extends Omit<TopicBreakerOptions, 'board'> {
  /** Where processes tell each other that the topic is away. */
  readonly table: TaskTable;
}

/** Brings messages to the topic that were checked and serialized before. */
export interface Publisher extends BreakerState {
  /** Resolves once the topic has taken it. Throws PublishError; UnavailableError when waiting may mend it. */
  readonly publish: (message: Outgoing) => Promise<void>;
}

/** A message that waited in the table has nothing but its body. */
function traceparentOf(body: string): string | undefined {
  const parsed = parseMessage(body);
  return parsed.ok ? parsed.value.trace?.traceparent : undefined;
}

/** Calls made in the same moment share a request, and a group's messages go in the order of the calls. */
export function createPublisher(options: PublisherOptions): Publisher {
  const { table, clock } = options;
  const topic = topicBreaker({ ...options, board: tableBoard({ table, name: 'topic', clock }) });
  const { timeoutMs } = topic.options;
  const publishes = publishLanes(async (entries: readonly Outgoing[]) =>
    topic.call(entries, timeoutMs),
  );
  return {
    ...topic,
    publish: async (message) => {
      try {
        await publishes.add({ ...message, traceparent: traceparentOf(message.body) });
      } catch (cause) {
        throw publishFailure(message.id, cause, topic.availability());
      }
    },
  };
}
