import type { AnyTask, Handler, TaskMessage } from '../contract/index.ts';

/** One run of a task, claimed: who it is, and the fencing token under which it may write. */
export interface Attempt {
  readonly message: TaskMessage;
  readonly task: AnyTask;
  readonly handler: Handler;
  /** Why the task's stored input can never be had. */
  readonly unreadable?: Error;
  /** From 1. */
  readonly number: number;
  readonly token: number;
  /** Snoozes of the task so far. */
  readonly snoozes: number;
  /** Monotonic milliseconds. */
  readonly startedAt: number;
  /** Aborts when the lease is lost or the worker's grace period is over. */
  readonly signal: AbortSignal;
}
