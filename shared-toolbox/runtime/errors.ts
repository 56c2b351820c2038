import { TaskfleetError } from '../errors.ts';

/** Why `ctx.signal` aborts when an attempt has had its time. The attempt has failed; others may follow. */
export class TimeLimitError extends TaskfleetError {
  readonly code = 'time_limit';

  constructor(limitMs: number) {
    super(`the attempt took longer than its limit of ${limitMs} ms`);
  }
}

/** Why `ctx.signal` aborts when the worker stops and its grace period is over. The task runs again elsewhere. */
export class WorkerStoppingError extends TaskfleetError {
  readonly code = 'worker_stopping';
}

/** Recorded when a task's worker died in the last attempt that its policy allows. */
export class AttemptsExhaustedError extends TaskfleetError {
  readonly code = 'attempts_exhausted';

  constructor(maxAttempts: number) {
    super(`its worker stopped unexpectedly in the last of ${maxAttempts} attempts`);
  }
}

/** Recorded in place of an outcome that the table can never take. */
export class UnrecordableError extends TaskfleetError {
  readonly code = 'unrecordable';

  constructor(cause: Error) {
    super(`how the attempt ended could not be recorded: ${cause.message}`, { cause });
  }
}

/** Recorded when a handler has thrown Snooze more often than its task allows. */
export class SnoozesExhaustedError extends TaskfleetError {
  readonly code = 'snoozes_exhausted';

  constructor(maxSnoozes: number) {
    super(`the handler asked for a later time more than ${maxSnoozes} times`);
  }
}
