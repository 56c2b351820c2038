import type { Clock } from '@taskfleet/toolbox/clock';
import { Slots } from '@taskfleet/toolbox/consume';
import { UnavailableError } from '@taskfleet/toolbox/contract';
import type { Log } from '@taskfleet/toolbox/log';
import type { Publisher } from '@taskfleet/toolbox/schedule';
import {
  type DueMessage,
  readDue,
  removeDue,
  takeDue,
  type TaskTable,
} from '@taskfleet/toolbox/table';

export interface DrainOptions {
  readonly table: TaskTable;
  readonly publisher: Pick<Publisher, 'publish' | 'availability'>;
  readonly clock: Pick<Clock, 'now' | 'sleep'>;
  readonly log: Pick<Log, 'event'>;
  /** Ids and keys of what the log has already told of. */
  readonly refused: Set<string>;
  /** Aborts when this process is to publish nothing more. */
  readonly stopping: AbortSignal;
  /** Asked before each page, and each message. */
  readonly goesOn: () => boolean;
}

/** How long before its time a message is fetched: it is then published on time, and not at the next look. */
const AHEAD_MS = 500;

/** Groups of a shard that are under way together: enough to fill the topic's requests, and no stampede after an outage. */
const AT_ONCE = 20;

/**
 * Publishes what is due in a shard, or soon will be, each group in its order, and removes it. A message whose publish is sent twice,
 * because this process died before the removal, runs once: by its deduplication id, and after five minutes by its claim. Rejects
 * when the table does.
 */
export async function drainShard(options: DrainOptions, shard: string): Promise<void> {
  const { table, publisher, clock } = options;
  while (options.goesOn() && publisher.availability().available) {
    const due = await readDue(table, shard, clock.now() + AHEAD_MS, {
      onUnreadable: (key) => sayOnce(options, key, 'it is of an unknown form'),
    });
    if (due.length === 0) return;
    const groups = [...Map.groupBy(due, ({ groupId }) => groupId).values()];
    const slots = new Slots(AT_ONCE);
    const ends = await Promise.all(
      groups.map(async (group) => {
        const free = await slots.take();
        return publishGroup(options, group).finally(free);
      }),
    );
    const published = ends.flatMap((end) => end.published);
    await removeDue(
      table,
      published.map(({ id }) => id),
    );
    if (ends.some(({ isStuck }) => isStuck)) return;
  }
}

interface GroupEnd {
  readonly published: readonly DueMessage[];
  /** Whether one had to stay, and with it all after it. */
  readonly isStuck: boolean;
}

/** Publishes a group's messages, each when it is due, up to the first that the topic does not take. */
async function publishGroup(
  options: DrainOptions,
  group: readonly DueMessage[],
): Promise<GroupEnd> {
  const published: DueMessage[] = [];
  for (const message of group) {
    const end = await publishAtItsTime(options, message);
    if (end === 'stuck') return { published, isStuck: true };
    if (end === 'published') published.push(message);
  }
  return { published, isStuck: false };
}

/** `gone`: it was cancelled or moved since it was read. */
async function publishAtItsTime(
  options: DrainOptions,
  message: DueMessage,
): Promise<'published' | 'gone' | 'stuck'> {
  const { table, publisher, clock, refused, stopping } = options;
  const leftMs = message.dueAt - clock.now();
  if (leftMs > 0) await clock.sleep(leftMs, stopping).catch(() => undefined);
  if (!options.goesOn()) return 'stuck';
  if (!(await takeDue(table, message))) return 'gone';
  try {
    await publisher.publish(message);
    refused.delete(message.id);
    return 'published';
  } catch (error) {
    // What the topic refuses for its own sake stays, and is seen in the log and as a task that never leaves its state.
    if (!(error instanceof UnavailableError)) sayOnce(options, message.id, String(error));
    return 'stuck';
  }
}

function sayOnce({ log, refused }: DrainOptions, id: string, error: string): void {
  if (refused.has(id)) return;
  refused.add(id);
  log.event('due.refused', { id, error });
}
