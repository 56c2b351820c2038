import {
  type Consumer,
  type ConsumerOptions,
  type QueueClient,
  sqsQueue,
  startConsumer,
  startPriorityConsumer,
} from '../consume/index.ts';
import { PRIORITY_WEIGHTS } from '../contract/index.ts';
import type { HandlingOptions } from './handling.ts';
import { type AddressedQueue, addressedQueues } from './workerQueues.ts';

export interface WorkerConsumerOptions extends Omit<HandlingOptions, 'pool'> {
  readonly pollSeconds: number;
}

/** Starts to consume a worker's queue, or its queues by their priorities. */
export function startWorkerConsumer(
  options: WorkerConsumerOptions,
  how: Pick<ConsumerOptions, 'concurrency' | 'handle' | 'gate'>,
): Consumer {
  const { implementation, resources, clock, log } = options;
  const { worker } = implementation;
  const shared = { ...how, leaseSeconds: worker.leaseSeconds, clock };
  const [first, ...others] = addressedQueues(worker, resources).map((own) => ({
    queue: clientOf(options, own),
    weight: PRIORITY_WEIGHTS[own.priority],
    log: log.child({ priority: own.priority }),
  }));
  if (!first) throw new RangeError(`worker "${worker.name}" has no queue`);
  if (others.length > 0) return startPriorityConsumer({ ...shared, queues: [first, ...others] });
  return startConsumer({ ...shared, log, queue: first.queue });
}

function clientOf(
  { clients, implementation, resources, pollSeconds }: WorkerConsumerOptions,
  { queueUrl, routingKey }: AddressedQueue,
): QueueClient {
  const { deadLetterQueueUrl } = resources;
  const { leaseSeconds } = implementation.worker;
  const { sqs } = clients;
  return sqsQueue({ sqs, queueUrl, deadLetterQueueUrl, routingKey, leaseSeconds, pollSeconds });
}
