import type { Clock } from '@taskfleet/toolbox/clock';
import type { Log } from '@taskfleet/toolbox/log';
import { type DefinitionToKeep, putDefinitionOnce, type TaskTable } from '@taskfleet/toolbox/table';

export interface KeepPublishedOptions {
  readonly table: TaskTable;
  readonly clock: Pick<Clock, 'sleep'>;
  readonly log: Pick<Log, 'event'>;
}

/** The tracker keeps it anyway: who schedules waits no longer for the table. */
const PATIENCE_MS = 1_000;

/**
 * Keeps a definition before the tracker has seen its message, so that a read right after the call finds the task. Never rejects: the
 * task is out, and a table that is away, or slow, is no reason to refuse it.
 */
export function keepPublished({ table, clock, log }: KeepPublishedOptions) {
  return async (published: DefinitionToKeep): Promise<void> => {
    const done = new AbortController();
    const failed = (error: unknown) =>
      log.event('definition.failed', { error: `${published.definition.id}: ${String(error)}` });
    const keeping = putDefinitionOnce(table, published).catch(failed);
    await Promise.race([keeping, clock.sleep(PATIENCE_MS, done.signal).catch(() => undefined)]);
    done.abort();
  };
}
