import type { SQSClient } from '@aws-sdk/client-sqs';
import type { Priority } from '@taskfleet/toolbox/contract';
import { readControl, type TaskTable } from '@taskfleet/toolbox/table';
import type { QueuePair, ServiceQueues } from '../deadLetters/index.ts';
import { countDeadLetters, countMessages, type MessageCounts, urlsOf } from './countMessages.ts';

/** One queue of a service. SQS counts nearly: what was sent or received in the last moment may be missing. */
export interface QueueView extends MessageCounts {
  /** A worker's name, or `platform`. */
  readonly service: string;
  readonly queue: Priority;
  /** Of the service: its queues share them. */
  readonly deadLetters: number;
  /** Whether all processes of the worker are told to begin nothing new. */
  readonly paused: boolean;
}

export interface ReadQueuesOptions {
  readonly sqs: SQSClient;
  readonly table: TaskTable;
  readonly queues: ServiceQueues;
}

/** Every queue of every service, by the services' names. */
export async function readQueues({
  sqs,
  table,
  queues,
}: ReadQueuesOptions): Promise<readonly QueueView[]> {
  const services = [...queues].toSorted(([a], [b]) => (a < b ? -1 : 1));
  const views = services.map(async (service) => viewsOf({ sqs, table }, service));
  return (await Promise.all(views)).flat();
}

async function viewsOf(
  { sqs, table }: Pick<ReadQueuesOptions, 'sqs' | 'table'>,
  [service, pair]: readonly [string, QueuePair],
): Promise<QueueView[]> {
  const [{ wanted }, deadLetters] = await Promise.all([
    readControl(table, service),
    countDeadLetters(sqs, pair),
  ]);
  const paused = wanted?.paused?.value ?? false;
  const views = urlsOf(pair).map(async ([queue, url]): Promise<QueueView> => {
    const { visible, inFlight, delayed } = await countMessages(sqs, url);
    return { service, queue, visible, inFlight, delayed, deadLetters, paused };
  });
  return Promise.all(views);
}
