import type { AttemptError, Json, TaskResultRecord } from '../contract/index.ts';
import { epochSeconds, expiryOf } from './expiry.ts';
import { cancelledAt } from './recordCancel.ts';
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

/** What a task returned, or the bucket's key of it and how many bytes of JSON it has, or neither when nobody wants it. */
export interface KeptOutput {
  readonly output?: Json;
  readonly outputAt?: string;
  readonly outputBytes?: number;
}

export async function recordSucceeded(
  table: TaskTable,
  held: Held,
  request: Ended & KeptOutput,
): Promise<FencedWrite> {
  const set = { ...endedWith('succeeded', request), ...storedOutput(request) };
  return fencedUpdate(table, held, { set, remove: ['error'] });
}

export async function recordFailed(
  table: TaskTable,
  held: Held,
  { error, ...ended }: Ended & { readonly error: AttemptError },
): Promise<FencedWrite> {
  const index = { failedShard: shardOf(held.id), failedAt: ended.now };
  const set = { ...endedWith('failed', ended), ...index, error: inShort(error) };
  return fencedUpdate(table, held, { set, append: { errors: error } });
}

/** The attempt ended because somebody asked for it. */
export async function recordCancelledAttempt(
  table: TaskTable,
  held: Held,
  {
    by,
    attempt,
    progress,
    now,
    ...times
  }: Ended & { readonly by: string; readonly attempt: number },
): Promise<FencedWrite> {
  const set = { progress, ...cancelledAt(now, { ...times, attempt, cancel: { by } }) };
  return fencedUpdate(table, held, { set });
}

function storedOutput({ output, outputAt, outputBytes }: KeptOutput) {
  return {
    output: output === undefined ? undefined : JSON.stringify(output),
    outputAt,
    outputBytes,
  };
}

/** The attempt failed and another will follow. */
export async function recordRetrying(
  table: TaskTable,
  held: Held,
  error: AttemptError,
): Promise<FencedWrite> {
  const set = { state: 'retrying', error: inShort(error) };
  return fencedUpdate(table, held, { set, append: { errors: error } });
}

/** Why the task is in its state; the history has the rest. */
function inShort({ name, message, attempt }: AttemptError) {
  return { name, message, attempt };
}

/** The handler asked for a later time: that does not count as an attempt, but is counted. */
export async function recordSnoozed(table: TaskTable, held: Held): Promise<FencedWrite> {
  return fencedUpdate(table, held, { set: { state: 'queued' }, add: { attempt: -1, snoozes: 1 } });
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
