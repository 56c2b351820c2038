import { createHash } from 'node:crypto';
import { v7 } from 'uuid';

/** `<worker>_<32 hexadecimal digits>`; the digits are a UUID version 7, so ids of one worker sort by time. */
export type TaskId = `${string}_${string}`;

const PATTERN = /^(?<worker>[a-z][a-z0-9-]{0,30})_[0-9a-f]{32}$/;

/** What a new id is made of, injected so that tests can repeat it. */
export interface IdSource {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Sixteen random bytes. */
  readonly randomBytes: () => Uint8Array;
}

export function newTaskId(worker: string, source: IdSource): TaskId {
  const uuid = v7({ msecs: source.now(), random: source.randomBytes() });
  return `${worker}_${uuid.replaceAll('-', '')}`;
}

/** The id that follows from what a task is: the same parts give the same id, whoever asks and when. It does not sort by time. */
export function derivedTaskId(worker: string, parts: readonly string[]): TaskId {
  const digits = createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32);
  return `${worker}_${digits}`;
}

export function isTaskId(text: string): text is TaskId {
  return PATTERN.test(text);
}

/** The worker's name in an id. IAM scopes a worker to its own records by the same prefix. */
export function workerOfId(id: TaskId): string {
  return id.slice(0, id.lastIndexOf('_'));
}
