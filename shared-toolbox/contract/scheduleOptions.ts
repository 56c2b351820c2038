import type { Duration } from './duration.ts';
import type { Priority } from './priority.ts';
import type { BackoffOptions } from './retryPolicy.ts';
import type { AnyTask, InputOf } from './task.ts';

/** Options of one call of `schedule()`. */
export interface ScheduleOptions extends CallLimits {
  /** Who asks, such as a user's id. Kept in the record. At most 256 characters. */
  readonly creator?: string;
  /** What the task is about, such as `project/42`; tasks can be listed by it. At most 256 characters. */
  readonly subject?: string;
  /** The id of a task that ended, for which this one is run again. Kept in the record. */
  readonly retryOf?: string;
  /** Not before this time has passed. Up to ten years, in groups too. Default: at once. Instead of `eta`. */
  readonly delay?: Duration;
  /** Not before this moment; one in the past is now. Up to ten years ahead. */
  readonly eta?: Date;
  /**
   * When nobody has begun the task by then, it ends as `expired` instead of being run; a duration counts from the call. Attempts
   * after the first are not bound by it. Default: never.
   */
  readonly expires?: Duration | Date;
  /**
   * Makes the id of the task, with its name: however often the same task is scheduled with the same key, it runs once, with the
   * input that came first, for as long as its record is kept. At most 256 characters. Default: every call is a task of its own.
   */
  readonly idempotencyKey?: string;
  /** Instead of what the contract's `group` makes of the input. At most 256 characters. */
  readonly group?: string;
  /**
   * `high` begins before `normal`, and that before `low`, in shares of 6, 3 and 1 while all wait. Only of a task whose contract declares
   * a `priority`; not together with `group`. Default: the contract's, or `normal`.
   */
  readonly priority?: Priority;
  /** The record says that the task succeeded, and not what it returned. Default false. */
  readonly ignoreResult?: boolean;
  /**
   * While the topic does not answer, the task is kept in the table instead of refused, and published from there once the topic is
   * back. A group's order holds. Default false.
   */
  readonly durable?: boolean;
}

/** What one call may tighten of its task's contract, from which queue and function are made: never more than that allows. */
export interface CallLimits {
  /** Attempts at most as many as the contract's; `backoff` as there. Default: the contract's. */
  readonly retry?: { readonly maxAttempts?: number; readonly backoff?: BackoffOptions };
  /** At most the contract's. Must be shorter than `timeLimit`. */
  readonly softTimeLimit?: Duration;
  /** At most the contract's, and at least 1s. */
  readonly timeLimit?: Duration;
}

/** Options of `scheduleMany()`: the same for all, or for each input its own. */
export type ManyOptions<T extends AnyTask> =
  | ScheduleOptions
  | ((input: InputOf<T>, index: number) => ScheduleOptions);
