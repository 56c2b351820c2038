import type { Json, RecordedError, TaskResultRecord } from '../contract/index.ts';
import { epochSeconds, expiryOf } from './expiry.ts';
import { type FencedWrite, fencedUpdate, type Held } from './fencedUpdate.ts';
import { shardOf, TASK_TABLE } from './layout.ts';
import type { TaskTable } from './taskTable.ts';

type Progress = NonNullable<TaskResultRecord['progress']>;

interface Ended {
  /** Milliseconds since 1970. */
  readonly now: number;
  /** When the task was scheduled. */
  readonly createdAt: number;
  /** How long the record stays at least. */
  readonly retentionMs: number;
  /** Last known progress; written along, so that it costs nothing. */
  readonly progress?: Progress | undefined;
}

export async function recordSucceeded(
  table: TaskTable,
  held: Held,
  { output, ...ended }: Ended & { readonly output: Json },
): Promise<FencedWrite> {
  const set = { ...endedWith('succeeded', ended), output: JSON.stringify(output) };
  return fencedUpdate(table, held, { set, remove: ['error'] });
}

export async function recordFailed(
  table: TaskTable,
  held: Held,
  { error, ...ended }: Ended & { readonly error: RecordedError },
): Promise<FencedWrite> {
  const index = { failedShard: shardOf(held.id), failedAt: ended.now };
  return fencedUpdate(table, held, { set: { ...endedWith('failed', ended), ...index, error } });
}

/** The attempt failed and another will follow. */
export async function recordRetrying(
  table: TaskTable,
  held: Held,
  error: RecordedError,
): Promise<FencedWrite> {
  return fencedUpdate(table, held, { set: { state: 'retrying', error } });
}

/** The attempt was given back by a stopping worker: it does not count as one. */
export async function recordReleased(table: TaskTable, held: Held): Promise<FencedWrite> {
  return fencedUpdate(table, held, { set: { state: 'queued' }, add: { attempt: -1 } });
}

export async function recordProgress(
  table: TaskTable,
  held: Held,
  progress: Progress,
): Promise<FencedWrite> {
  return fencedUpdate(table, held, { set: { progress } });
}

function endedWith(state: 'succeeded' | 'failed', { now, progress, ...times }: Ended) {
  const expiresAt = epochSeconds(expiryOf({ ...times, endedAt: now }));
  return { state, finishedAt: now, progress, [TASK_TABLE.timeToLive]: expiresAt };
}
