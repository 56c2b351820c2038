import type { IdSource } from './taskId.ts';

/** `<worker>_<12 hexadecimal digits>`: one process of a worker. Another form than a task's id, and short enough to be typed. */
export type ProcessId = `${string}_${string}`;

const PATTERN = /^(?<worker>[a-z][a-z0-9-]{0,30})_[0-9a-f]{12}$/;

const RANDOM_BYTES = 6;

/** The id of a process from its start to its end; no other ever has it. */
export function newProcessId(worker: string, source: Pick<IdSource, 'randomBytes'>): ProcessId {
  const random = Buffer.from(source.randomBytes().subarray(0, RANDOM_BYTES)).toString('hex');
  return `${worker}_${random}`;
}

/** Whether the text names a process that has heartbeats; a Lambda invocation, which has none, is named by its log stream. */
export function isProcessId(text: string): text is ProcessId {
  return PATTERN.test(text);
}

/** The worker's name in a process's id. IAM scopes a worker to its own heartbeats by the same prefix. */
export function workerOfProcess(id: ProcessId): string {
  return id.slice(0, id.lastIndexOf('_'));
}
