import {
  type AnyTask,
  type OutputOf,
  TaskFailedError,
  type TaskRecord,
  validateOutput,
} from '../contract/index.ts';
import { awaitEnd, type AwaitEndOptions } from './awaitEnd.ts';

export interface AwaitResultOptions<T extends AnyTask> extends AwaitEndOptions {
  readonly task: T;
}

/**
 * Waits until the task has ended, and returns its output. Throws TaskFailedError when it did not succeed, and
 * ResultTimeoutError when it has not ended in time.
 */
export async function awaitResult<T extends AnyTask>(
  options: AwaitResultOptions<T>,
): Promise<OutputOf<T>> {
  return outputOf(options.task, await awaitEnd(options));
}

function outputOf<T extends AnyTask>(
  task: T,
  { id, state, output, error }: TaskRecord,
): OutputOf<T> {
  if (state !== 'succeeded')
    throw new TaskFailedError(id, state, error?.message ?? 'no reason is known');
  const parsed = validateOutput(task, output);
  if (!parsed.ok) throw parsed.error;
  return parsed.value;
}
