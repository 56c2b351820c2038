import type { Clock } from '../clock.ts';
import {
  type AnyTask,
  isTerminal,
  type OutputOf,
  ResultTimeoutError,
  TaskFailedError,
  type TaskId,
  type TaskRecord,
  validate,
} from '../contract/index.ts';
import { readTasks, type TaskTable } from '../table/index.ts';

export interface AwaitResultOptions<T extends AnyTask> {
  readonly table: TaskTable;
  readonly clock: Clock;
  readonly task: T;
  readonly id: TaskId;
  readonly timeoutMs: number;
  /** Called with every record that was read, for showing progress. */
  readonly onRecord?: (record: TaskRecord | undefined) => void;
}

/** Reads grow apart from 50 ms to a second: quick for short tasks, cheap for long ones. */
const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 1_000;

/**
 * Waits until the task has ended, and returns its output. Throws TaskFailedError when it did not succeed, and
 * ResultTimeoutError when it has not ended in time.
 */
export async function awaitResult<T extends AnyTask>(
  options: AwaitResultOptions<T>,
): Promise<OutputOf<T>> {
  const { clock, id, timeoutMs, table, onRecord } = options;
  const deadline = clock.monotonic() + timeoutMs;
  let pauseMs = FIRST_PAUSE_MS;
  for (;;) {
    const [record] = await readTasks(table, [id]);
    onRecord?.(record);
    if (record && isTerminal(record.state)) return outputOf(options.task, record);
    const left = deadline - clock.monotonic();
    if (left <= 0) throw new ResultTimeoutError(id, timeoutMs, record?.state ?? 'queued');
    await clock.sleep(Math.min(pauseMs, left));
    pauseMs = Math.min(LONGEST_PAUSE_MS, pauseMs * 1.5);
  }
}

function outputOf<T extends AnyTask>(task: T, { id, state, output, error }: TaskRecord) {
  if (state !== 'succeeded')
    throw new TaskFailedError(id, state, error?.message ?? 'no reason is known');
  const parsed = validate(`output of ${task.name}`, task.output, output);
  if (!parsed.ok) throw parsed.error;
  return parsed.value as OutputOf<T>;
}
