import type { ArtifactBucket } from '../artifacts/index.ts';
import {
  type AnyTask,
  type Json,
  type OutputOf,
  ResultIgnoredError,
  TaskFailedError,
  validateOutput,
} from '../contract/index.ts';
import { readOutput } from '../offload/index.ts';
import { awaitEnd, type AwaitEndOptions } from './awaitEnd.ts';

export interface AwaitOutputOptions extends AwaitEndOptions {
  /** Where a large output is read from. */
  readonly bucket: ArtifactBucket | undefined;
}

/**
 * Waits until the task has ended, and returns its output as it was recorded: whoever has the task's definition checks it. Throws
 * TaskFailedError when it did not succeed, and ResultTimeoutError when it has not ended in time; ResultIgnoredError when nobody wanted it
 * kept; StoredValueError when a large output is gone, BucketMissingError when there is no bucket to read it from.
 */
export async function awaitOutput(options: AwaitOutputOptions): Promise<Json | undefined> {
  const record = await awaitEnd(options);
  const { id, state, error } = record;
  if (state !== 'succeeded')
    throw new TaskFailedError(id, state, error?.message ?? 'no reason is known');
  if (record.output === undefined && record.outputAt === undefined)
    throw new ResultIgnoredError(id);
  return readOutput(options.bucket, record);
}

/** What `handle.result()` resolves to, for an output that was recorded. */
export function resultOf<T extends AnyTask>(task: T, output: Json | undefined): OutputOf<T> {
  const parsed = validateOutput(task, output);
  if (!parsed.ok) throw parsed.error;
  return parsed.value;
}
