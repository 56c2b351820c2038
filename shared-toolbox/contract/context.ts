import type { Artifacts } from './artifacts.ts';
import type { Duration } from './duration.ts';
import type { ManyOptions, ScheduleOptions } from './scheduleOptions.ts';
import type { Start } from './startOptions.ts';
import type { AnyTask, InputOf, OutputOf } from './task.ts';
import type { TaskId } from './taskId.ts';

/** A scheduled task: its id, and a way to wait for what it returns. */
export interface TaskHandle<T extends AnyTask = AnyTask> {
  /** Made by the scheduler, such as `export_0199c2f4a7b87d0e9c5b1a2f3e4d5c6b`; carries nothing of a queue, and may be shown. */
  readonly id: TaskId;
  /** Whether a task of before stands for this call, because the contract says `unique`. */
  readonly isDuplicate: boolean;
  /**
   * Waits until the task has ended. Throws TaskFailedError when it did not succeed, and ResultTimeoutError after
   * `timeout` (default `'1m'`); the task itself goes on. In a handler, the waiting ends with `ctx.signal`, for its reason. A table that does not answer is borne for 30 seconds. A large output is read from the bucket: StoredValueError when it is
   * gone, BucketMissingError when the scheduler has no bucket; ResultIgnoredError for a task scheduled with `ignoreResult`.
   */
  result(options?: { readonly timeout?: Duration }): Promise<OutputOf<T>>;
}

/**
 * Asks for a task to run. Resolves once the topic, or for a deferred or durable task the table, has taken it: from then on it is not lost.
 * Throws ValidationError when the input does not fit, TooLargeError above 50 MiB of JSON or, without a bucket, above what the
 * topic carries, UnavailableError with `retryAfterMs` when topic or bucket do not answer, PublishError when they refused.
 */
export type Schedule = <T extends AnyTask>(
  task: T,
  input: InputOf<T>,
  options?: ScheduleOptions,
) => Promise<TaskHandle<T>>;

/**
 * Asks for a task to run once for each input, ten to a request. Resolves to the handles, in order. Throws what `schedule()` throws
 * for an input that does not fit, before anything is published, and ScheduleManyError when some were scheduled and others not.
 */
export type ScheduleMany = <T extends AnyTask>(
  task: T,
  inputs: readonly InputOf<T>[],
  options?: ManyOptions<T>,
) => Promise<TaskHandle<T>[]>;

type WriteLine = (message: string, fields?: Readonly<Record<string, unknown>>) => void;

/**
 * Writes log lines that carry the task's id, name and attempt. The last ones are also kept for people to look at, on the dashboard and with
 * `taskfleet log`, unless the contract says `log: false`. There, the values of the input's secret fields are replaced; in the worker's own
 * log they are not: never pass a secret.
 */
export interface TaskLog {
  /** For whoever looks for a mistake. */
  readonly debug: WriteLine;
  /** What was done. */
  readonly info: WriteLine;
  /** What somebody should look at some time. */
  readonly warn: WriteLine;
  /** What went wrong; fails nothing by itself. */
  readonly error: WriteLine;
}

/** What a handler is given beside its input. */
export interface TaskContext {
  /** The task's, the same in every attempt. */
  readonly id: TaskId;
  /** 1 in the first attempt. */
  readonly attempt: number;
  /** How often the handler has thrown Snooze before, in all attempts: a pause that is to grow grows with it. */
  readonly snoozes: number;
  /** The same in every attempt of a task: pass it to services that deduplicate. */
  readonly idempotencyKey: string;
  /** Who asked, where somebody said it. */
  readonly creator: string | undefined;
  /** What the task is about, where somebody said it. */
  readonly subject: string | undefined;
  /** Milliseconds since 1970 when this attempt's time is over: the soft limit where there is one, else the hard one. */
  readonly deadlineAt: number;
  /** Aborts when the attempt must end: time limit, lost lease, stopping worker. Its reason says which. */
  readonly signal: AbortSignal;
  /** Says lines of this attempt. */
  readonly log: TaskLog;
  /** Files in the bucket. */
  readonly artifacts: Artifacts;
  /** Says how far the attempt is, from 0 to 1. Cheap: at most one write a second reaches the record, none in the first 250 ms. */
  readonly progress: (fraction: number, note?: string) => void;
  /** Schedules a task of the same family. */
  readonly schedule: Schedule;
  /** Schedules tasks of the same family. */
  readonly scheduleMany: ScheduleMany;
  /** Starts a canvas as a child flow of the same family. */
  readonly start: Start;
}
