import type { SQSClient } from '@aws-sdk/client-sqs';
import type { Clock } from '@taskfleet/toolbox/clock';
import type { Priority } from '@taskfleet/toolbox/contract';
import { GRAINS, periodOf, periodStart } from '@taskfleet/toolbox/statistics';
import {
  type QueueDepths,
  readControl,
  readDepthsAt,
  type TaskTable,
} from '@taskfleet/toolbox/table';
import type { QueuePair, ServiceQueues } from '../deadLetters/index.ts';
import { countDeadLetters, countMessages, type MessageCounts, urlsOf } from './countMessages.ts';

/** One queue of a service. SQS counts nearly: what was sent or received in the last moment may be missing. */
export interface QueueView extends MessageCounts {
  /** A worker's name, or `platform`. */
  readonly service: string;
  readonly queue: Priority;
  /** Of the service: its queues share them. */
  readonly deadLetters: number;
  /**
   * Of the service's queues together: the oldest message that waits came no earlier, milliseconds since 1970, to a minute. Null when
   * none waits, and when nobody knows.
   */
  readonly oldestAt: number | null;
  /** Whether all processes of the worker are told to begin nothing new. */
  readonly paused: boolean;
}

export interface ReadQueuesOptions {
  readonly sqs: SQSClient;
  readonly table: TaskTable;
  readonly queues: ServiceQueues;
  readonly clock: Pick<Clock, 'now' | 'sleep' | 'random'>;
}

/** Every queue of every service, by the services' names. */
export async function readQueues(options: ReadQueuesOptions): Promise<readonly QueueView[]> {
  const services = [...options.queues].toSorted(([a], [b]) => (a < b ? -1 : 1));
  const [looked, ...views] = await Promise.all([
    readLastLook(options),
    ...services.map(async (service) => viewsOf(options, service)),
  ]);
  return views.flatMap((queues) => withOldest(queues, looked));
}

type UndatedView = Omit<QueueView, 'oldestAt'>;

/** What waits now was told of at the last look, or came after it. */
function withOldest(views: readonly UndatedView[], looked: LastLook | undefined): QueueView[] {
  const waits = views.some(({ visible }) => visible > 0);
  return views.map((view) => {
    const oldestMs = looked?.depths.get(view.service)?.oldestMs ?? null;
    const isKnown = waits && looked !== undefined && oldestMs !== null;
    return { ...view, oldestAt: isKnown ? looked.at - oldestMs : null };
  });
}

interface LastLook {
  readonly at: number;
  readonly depths: QueueDepths;
}

/** Of this minute or the one before: the platform looks at the beginning of each. */
async function readLastLook({
  table,
  clock,
}: Pick<ReadQueuesOptions, 'table' | 'clock'>): Promise<LastLook | undefined> {
  const { minute } = GRAINS;
  const present = periodStart(minute, clock.now());
  const starts = [present, present - minute.lengthMs];
  const looks = await readDepthsAt(
    table,
    starts.map((at) => periodOf(minute, at)),
    clock,
  );
  const known = starts.flatMap((at) => {
    const depths = looks.get(periodOf(minute, at));
    return depths ? [{ at, depths }] : [];
  });
  return known[0];
}

async function viewsOf(
  { sqs, table }: Pick<ReadQueuesOptions, 'sqs' | 'table'>,
  [service, pair]: readonly [string, QueuePair],
): Promise<UndatedView[]> {
  const [{ wanted }, deadLetters] = await Promise.all([
    readControl(table, service),
    countDeadLetters(sqs, pair),
  ]);
  const paused = wanted?.paused?.value ?? false;
  const views = urlsOf(pair).map(async ([queue, url]): Promise<UndatedView> => {
    const { visible, inFlight, delayed } = await countMessages(sqs, url);
    return { service, queue, visible, inFlight, delayed, deadLetters, paused };
  });
  return Promise.all(views);
}
