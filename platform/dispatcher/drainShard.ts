import type { Clock } from '@taskfleet/toolbox/clock';
import { UnavailableError } from '@taskfleet/toolbox/contract';
import type { Log } from '@taskfleet/toolbox/log';
import type { Publisher } from '@taskfleet/toolbox/schedule';
import { type DueMessage, readDue, removeDue, type TaskTable } from '@taskfleet/toolbox/table';
import type { Showcase } from './showcase.ts';

export interface DrainOptions {
  readonly table: TaskTable;
  readonly publisher: Pick<Publisher, 'publish' | 'availability'>;
  readonly showcase: Showcase;
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Pick<Log, 'event'>;
  /** Asked before each page. */
  readonly goesOn: () => boolean;
}

/**
 * Publishes what is due in a shard, each group in its order, and removes it. A message whose publish is sent twice, because this process
 * died before the removal, runs once: by its deduplication id, and after five minutes by its claim. Rejects when the table does.
 */
export async function drainShard(options: DrainOptions, shard: string): Promise<void> {
  const { table, publisher, showcase, clock } = options;
  while (options.goesOn()) {
    const due = await readDue(table, shard, clock.now());
    if (due.length === 0) return;
    if (!publisher.availability().available) return showcase.show(due);
    const groups = [...Map.groupBy(due, ({ groupId }) => groupId).values()];
    const done = (
      await Promise.all(groups.map(async (group) => publishGroup(options, group)))
    ).flat();
    await removeDue(
      table,
      done.map(({ id }) => id),
    );
    showcase.forget(done);
    const left = due.filter((message) => !done.includes(message));
    if (left.length > 0) return showcase.show(left);
  }
}

/** Resolves to those that need not wait any more: all before the first that the topic did not take. */
async function publishGroup(
  { publisher, showcase, log }: DrainOptions,
  group: readonly DueMessage[],
): Promise<DueMessage[]> {
  const done: DueMessage[] = [];
  for (const message of group) {
    try {
      await publisher.publish(message);
      done.push(message);
    } catch (error) {
      // What the topic refuses for its own sake stays, and is seen in the log and as a task that never leaves its state.
      const isNews = !(error instanceof UnavailableError) && !showcase.has(message.id);
      if (isNews) log.event('due.refused', { id: message.id, error: String(error) });
      return done;
    }
  }
  return done;
}
