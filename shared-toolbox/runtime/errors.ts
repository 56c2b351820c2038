import { describeMegabytes } from '../contract/index.ts';
import { TaskfleetError } from '../errors.ts';

/** Why `ctx.signal` aborts when an attempt has had its time. The attempt has failed; others may follow. */
export class TimeLimitError extends TaskfleetError {
  readonly code = 'time_limit';

  constructor(limitMs: number) {
    super(`the attempt took longer than its limit of ${limitMs} ms`);
  }
}

/** Why `ctx.signal` aborts when the worker stops and its grace period is over, or an invocation's time. The task runs again elsewhere. */
export class WorkerStoppingError extends TaskfleetError {
  readonly code = 'worker_stopping';
}

/** Why `ctx.signal` aborts when somebody has asked for the task's end. No attempt follows. */
export class CancelledError extends TaskfleetError {
  readonly code = 'task_cancelled';
  /** Who asked. */
  readonly by: string;

  constructor(by: string) {
    super(`the task was cancelled by ${by}`);
    this.by = by;
  }
}

/** What a file rejects with that a handler has left open, or uses after its attempt's end. */
export class AttemptEndedError extends TaskfleetError {
  readonly code = 'attempt_ended';

  constructor() {
    super('the attempt has ended; await what a handler begins before it returns');
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

/** Thrown by a function on Lambda whose timeout leaves no time for any task. */
export class InvocationTooShortError extends TaskfleetError {
  readonly code = 'invocation_too_short';

  constructor(remainingMs: number, marginMs: number) {
    super(
      `expected more than ${marginMs} ms for an invocation, got ${remainingMs} ms; ` +
        'give the function functionTimeoutSeconds(worker) as its timeout',
    );
  }
}

/** Recorded when an attempt needed more memory than its thread may have. Others may follow. */
export class MemoryCapError extends TaskfleetError {
  readonly code = 'memory_cap';

  constructor(maxMemoryBytes: number) {
    super(
      `the attempt needed more than the ${describeMegabytes(maxMemoryBytes)} that its thread may have; ` +
        'use less, or raise maxMemory of threads() in the contract of its worker',
    );
  }
}

/** Recorded when an attempt's thread ended under it: by an error that nobody caught, or by `process.exit()`. Others may follow. */
export class ThreadDiedError extends TaskfleetError {
  readonly code = 'thread_died';
}

/** Logged when the threads of a worker cannot start. */
export class ThreadStartError extends TaskfleetError {
  readonly code = 'thread_start_failed';
}

/** Thrown when a running worker is to have a concurrency that it cannot have. Nothing has changed. */
export class ConcurrencyError extends TaskfleetError {
  readonly code = 'concurrency_invalid';

  constructor(got: number) {
    super(`concurrency: expected a whole number from 1 to 1000, got ${got}`);
  }
}

/** Fails an invocation whose messages are from none of the worker's queues: nobody could hold them. They come back. */
export class UnknownSourceError extends TaskfleetError {
  readonly code = 'source_unknown';

  constructor(sourceArn: string, queueUrls: readonly string[]) {
    super(`expected messages of ${queueUrls.join(', ')}, got some of "${sourceArn}"`);
  }
}
