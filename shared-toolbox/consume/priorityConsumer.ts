import { type Consumer, type ConsumerOptions, startConsumer } from './consumer.ts';
import { SharedTurns } from './receiveTurns.ts';
import { Slots } from './slots.ts';

/** One of the queues, with what is its own. */
export interface WeightedQueue extends Pick<ConsumerOptions, 'queue' | 'log'> {
  /** Messages that begin while those of the others' weights do, when all have some waiting. */
  readonly weight: number;
}

export interface PriorityConsumerOptions extends Omit<
  ConsumerOptions,
  'queue' | 'log' | 'slots' | 'turns'
> {
  /** The most urgent first. */
  readonly queues: readonly WeightedQueue[];
}

/** Starts to consume several queues, which share the slots by their weights. Each keeps its own leases, and settles its own messages. */
export function startPriorityConsumer({ queues, ...options }: PriorityConsumerOptions): Consumer {
  const { concurrency, clock } = options;
  const slots = new Slots(concurrency);
  const weights = queues.map(({ weight }) => weight);
  const shared = new SharedTurns({ weights, free: () => slots.total - slots.taken, clock });
  const consumers = queues.map(({ queue, log }, i) =>
    startConsumer({ ...options, queue, log, slots, turns: shared.of(i) }),
  );
  return {
    get running() {
      return slots.taken;
    },
    get concurrency() {
      return slots.total;
    },
    setConcurrency: (wanted) => {
      slots.resize(wanted);
      shared.freed();
    },
    mostRunning: () => slots.mostTaken(),
    // A single one that is silent keeps tasks waiting that nobody else receives either.
    get silentMs() {
      return Math.max(...consumers.map(({ silentMs }) => silentMs));
    },
    stop: async () => {
      await Promise.all(consumers.map(async (consumer) => consumer.stop()));
    },
  };
}
