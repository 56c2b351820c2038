import type { FlowPath, TaskId } from '../contract/index.ts';

/** Attributes of the task table that are more than data: its key, and the epoch second after which an item may go. */
export const TASK_TABLE = { partitionKey: 'pk', timeToLive: 'expiresAt' } as const;

/**
 * The table's indexes: keys only, sparse, and on attributes that never change, because a changed index key costs two
 * write units (docs.aws.amazon.com/amazondynamodb/latest/developerguide/GSI.html). Partition keys are strings, sort keys
 * are numbers: milliseconds since 1970.
 */
export const TABLE_INDEXES = [
  /** Every task, newest first. Sharded: one index key takes 1,000 write units a second. A partition of its own has workers' processes. */
  { name: 'recent', partitionKey: 'recentShard', sortKey: 'recentAt' },
  /** Deferred tasks until they are published. */
  { name: 'due', partitionKey: 'dueShard', sortKey: 'dueAt' },
  /** Tasks that ended badly. */
  { name: 'failed', partitionKey: 'failedShard', sortKey: 'failedAt' },
  /** Children by the family's root; a task without a parent is not in it. */
  { name: 'family', partitionKey: 'familyRoot', sortKey: 'familyAt' },
  { name: 'subject', partitionKey: 'subjectKey', sortKey: 'subjectAt' },
] as const;

export type IndexName = (typeof TABLE_INDEXES)[number]['name'];

/** Shards of the recent, due and failed indexes: 8,000 new tasks a second before a key is too hot. */
export const SHARDS = 8;

/** The shard of an id: its last hexadecimal digit, which is random. */
export function shardOf(id: TaskId): string {
  return String(Number.parseInt(id.slice(-1), 16) % SHARDS);
}

export function definitionKey(id: TaskId): string {
  return `task#${id}`;
}

/** Of a message that waits to be published. */
export function dueKey(id: TaskId): string {
  return `due#${id}`;
}

/** Begins with the worker's name, so that `dynamodb:LeadingKeys` scopes a worker to `result#<worker>_*`. */
export function resultKey(id: TaskId): string {
  return `result#${id}`;
}

/** Of the last lines of a task's log. Begins with the worker's name for the same reason. */
export function logKey(id: TaskId): string {
  return `log#${id}`;
}

/** Of a flow: its plan, and what became of it. */
export function flowKey(id: TaskId): string {
  return `flow#${id}`;
}

/** Of members that a group of a flow still waits for. */
export function joinKey(flow: TaskId, group: FlowPath, shard: string): string {
  return `join#${flow}#${group}#${shard}`;
}

/** Of a part of a flow of which nothing begins any more. */
export function stopKey(flow: TaskId, scope: FlowPath): string {
  return `join#${flow}#${scope}#stop`;
}

/** Of a worker's process; begins with the worker's name for the same reason. */
export function heartbeatKey(id: string): string {
  return `worker#${id}`;
}
