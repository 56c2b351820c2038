import type { Clock } from '@taskfleet/toolbox/clock';
import { isProcessId, type TaskRecord } from '@taskfleet/toolbox/contract';
import { readHeartbeats, readTasks, type TaskTable } from '@taskfleet/toolbox/table';
import { isLost } from './isLost.ts';

/** A task's record as it is shown. */
export interface SeenTask extends TaskRecord {
  /** It runs by its record, but its process has fallen silent, and nobody has taken it over yet. */
  readonly lost?: true;
}

export interface MarkLostOptions {
  readonly table: TaskTable;
  readonly clock: Pick<Clock, 'now' | 'sleep' | 'random'>;
}

/** The records, those marked whose process is not heard any more. A task on Lambda has no process that could be heard. */
export async function markLost(
  options: MarkLostOptions,
  records: readonly TaskRecord[],
): Promise<SeenTask[]> {
  const silent = await silentHolders(options, records);
  if (silent.size === 0) return [...records];
  const suspects = records.filter(({ holder }) => holder !== undefined && silent.has(holder));
  const again = await seenAgain(options, suspects);
  return records.map((record) => {
    const now = again.get(record.id) ?? record;
    const isStillHeld = now.state === 'running' && silent.has(now.holder ?? '');
    return isStillHeld ? { ...now, lost: true } : now;
  });
}

/** Processes that are not there, or silent, among those that hold a running task. */
async function silentHolders(
  { table, clock }: MarkLostOptions,
  records: readonly TaskRecord[],
): Promise<ReadonlySet<string>> {
  const holders = records
    .filter(({ state }) => state === 'running')
    .flatMap(({ holder = '' }) => (isProcessId(holder) ? [holder] : []));
  if (holders.length === 0) return new Set();
  const heard = await readHeartbeats(table, holders, clock);
  const now = clock.now();
  return new Set(
    holders.filter((holder) => {
      const heartbeat = heard.get(holder);
      return !heartbeat || isLost(heartbeat, now);
    }),
  );
}

/** A process that has ended in order in the meantime has recorded its tasks before it took its heartbeat back. */
async function seenAgain(
  { table, clock }: MarkLostOptions,
  records: readonly TaskRecord[],
): Promise<ReadonlyMap<string, TaskRecord>> {
  const ids = records.map(({ id }) => id);
  const again = await readTasks(table, ids, { aliveAt: clock.now(), clock });
  return new Map(again.flatMap((record) => (record ? [[record.id, record]] : [])));
}
