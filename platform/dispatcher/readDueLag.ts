import type { Clock } from '@taskfleet/toolbox/clock';
import { DUE_SHARDS, firstDueAt, type TaskTable } from '@taskfleet/toolbox/table';

export interface DueLagOptions {
  readonly table: TaskTable;
  readonly clock: Pick<Clock, 'now'>;
}

/** For how many milliseconds the first of the messages that are due has been so; 0 when none is. */
export async function readDueLag({ table, clock }: DueLagOptions): Promise<number> {
  const now = clock.now();
  const first = await Promise.all(DUE_SHARDS.map(async (shard) => firstDueAt(table, shard, now)));
  return Math.max(0, ...first.map((dueAt = now) => now - dueAt));
}
