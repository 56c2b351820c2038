import { isOutage } from '../breaker/index.ts';
import type { Clock } from '../clock.ts';
import { isTerminal, ResultTimeoutError, type TaskId, type TaskRecord } from '../contract/index.ts';
import { readTasks, type TaskTable } from '../table/index.ts';

export interface AwaitEndOptions {
  readonly table: TaskTable;
  readonly clock: Clock;
  readonly id: TaskId;
  readonly timeoutMs: number;
  /** Milliseconds for which the table may not answer. Default 0: the first read that fails ends the waiting. */
  readonly patienceMs?: number;
  /** Called with every record that was read, for showing progress. */
  readonly onRecord?: (record: TaskRecord | undefined) => void;
  /** Ends the waiting, which then rejects with the signal's reason; the task goes on. */
  readonly signal?: AbortSignal;
}

/** Reads grow apart from 50 ms to a second: quick for short tasks, cheap for long ones. */
const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 1_000;

/**
 * Waits until the task has ended, well or badly, and returns its record. Throws ResultTimeoutError when it has not in time, and what
 * the table's client throws when the table does not answer for longer than the patience.
 */
export async function awaitEnd(options: AwaitEndOptions): Promise<TaskRecord> {
  return pollUntilEnd(options, patientReader(options));
}

/** As `awaitEnd`, whoever reads the record; undefined while nobody knows the task. */
export async function pollUntilEnd(
  {
    clock,
    id,
    timeoutMs,
    onRecord,
    signal,
  }: Pick<AwaitEndOptions, 'clock' | 'id' | 'timeoutMs' | 'onRecord' | 'signal'>,
  read: () => Promise<TaskRecord | undefined>,
): Promise<TaskRecord> {
  const deadline = clock.monotonic() + timeoutMs;
  let pauseMs = FIRST_PAUSE_MS;
  for (;;) {
    signal?.throwIfAborted();
    const record = await read();
    onRecord?.(record);
    if (record && isTerminal(record.state)) return record;
    const left = deadline - clock.monotonic();
    if (left <= 0) throw new ResultTimeoutError(id, timeoutMs, record?.state ?? 'queued');
    await clock.sleep(Math.min(pauseMs, left), signal);
    pauseMs = Math.min(LONGEST_PAUSE_MS, pauseMs * 1.5);
  }
}

/** Reads the record; while the table does not answer, and not for too long, what was read last. */
function patientReader({ table, clock, id, patienceMs = 0 }: AwaitEndOptions) {
  let last: TaskRecord | undefined;
  let answeredAt = clock.monotonic();
  return async (): Promise<TaskRecord | undefined> => {
    try {
      [last] = await readTasks(table, [id]);
      answeredAt = clock.monotonic();
    } catch (error) {
      if (!isOutage(error) || clock.monotonic() - answeredAt >= patienceMs) throw error;
    }
    return last;
  };
}
