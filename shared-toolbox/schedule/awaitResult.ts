import type { ArtifactBucket } from '../artifacts/index.ts';
import {
  type AnyTask,
  type OutputOf,
  ResultIgnoredError,
  TaskFailedError,
  type TaskRecord,
  validateOutput,
} from '../contract/index.ts';
import { readOutput } from '../offload/index.ts';
import { awaitEnd, type AwaitEndOptions } from './awaitEnd.ts';

export interface AwaitResultOptions<T extends AnyTask> extends AwaitEndOptions {
  readonly task: T;
  /** Where a large output is read from. */
  readonly bucket: ArtifactBucket | undefined;
}

/**
 * Waits until the task has ended, and returns its output. Throws TaskFailedError when it did not succeed, and
 * ResultTimeoutError when it has not ended in time; StoredValueError when a large output is gone, BucketMissingError when there
 * is no bucket to read it from.
 */
export async function awaitResult<T extends AnyTask>(
  options: AwaitResultOptions<T>,
): Promise<OutputOf<T>> {
  return outputOf(options, await awaitEnd(options));
}

async function outputOf<T extends AnyTask>(
  { task, bucket }: AwaitResultOptions<T>,
  record: TaskRecord,
): Promise<OutputOf<T>> {
  const { id, state, error } = record;
  if (state !== 'succeeded')
    throw new TaskFailedError(id, state, error?.message ?? 'no reason is known');
  if (record.output === undefined && record.outputAt === undefined)
    throw new ResultIgnoredError(id);
  const parsed = validateOutput(task, await readOutput(bucket, record));
  if (!parsed.ok) throw parsed.error;
  return parsed.value;
}
