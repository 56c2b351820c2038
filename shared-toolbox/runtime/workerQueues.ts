import { ConfigError, queuesOf, type Worker, type WorkerQueue } from '../contract/index.ts';
import { UnknownSourceError } from './errors.ts';
import type { WorkerResources } from './handling.ts';

/** One of a worker's queues, and where it is. */
export interface AddressedQueue extends WorkerQueue {
  readonly queueUrl: string;
}

type Addresses = Pick<WorkerResources, 'queueUrl' | 'highQueueUrl' | 'lowQueueUrl'>;

/** The queues of a worker, the most urgent first. Throws ConfigError when the stack has not made one. */
export function addressedQueues(worker: Worker, resources: Addresses): AddressedQueue[] {
  const { queueUrl, highQueueUrl, lowQueueUrl } = resources;
  const urls = { high: highQueueUrl, normal: queueUrl, low: lowQueueUrl };
  return queuesOf(worker).map(({ name, priority, routingKey }) => {
    const url = urls[priority];
    if (url !== undefined) return { name, priority, routingKey, queueUrl: url };
    throw new ConfigError([`the queue "${name}" has no address`]);
  });
}

/** The queue that an event source mapping has received from; of a single one that, whatever the event says. Throws UnknownSourceError. */
export function queueOfSource<Q extends Pick<AddressedQueue, 'queueUrl'>>(
  queues: readonly Q[],
  sourceArn: string,
): Q {
  const name = sourceArn.split(':').at(-1);
  const isSource = ({ queueUrl }: Q) => queueUrl.split('/').at(-1) === name;
  const found = queues.length === 1 ? queues[0] : queues.find(isSource);
  if (found) return found;
  throw new UnknownSourceError(
    sourceArn,
    queues.map(({ queueUrl }) => queueUrl),
  );
}
