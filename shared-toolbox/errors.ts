import type { TaskHandle } from './contract/context.ts';
import { type Duration, DURATION_FORM, parseDuration } from './contract/duration.ts';

/**
 * Base of every error that Taskfleet throws on purpose. `code` is stable and meant for programs;
 * the message is one line for people: what was expected, what came, what to do.
 */
export abstract class TaskfleetError extends Error {
  abstract readonly code: string;

  override get name(): string {
    return this.constructor.name;
  }
}

/** Thrown while a contract is being declared: a task, worker or fleet definition that cannot work. */
export class DefinitionError extends TaskfleetError {
  readonly code = 'definition_invalid';
  readonly problems: readonly string[];

  constructor(subject: string, problems: readonly string[]) {
    super(`${subject}: ${problems.join('; ')}`);
    this.problems = problems;
  }
}

/** Thrown when a task name is not in the fleet; carries the nearest name that is. */
export class UnknownTaskError extends TaskfleetError {
  readonly code = 'task_unknown';
  readonly task: string;
  readonly nearest: string | undefined;

  constructor(task: string, nearest: string | undefined, known: readonly string[]) {
    const hint =
      nearest === undefined ? `known tasks: ${known.join(', ')}` : `did you mean "${nearest}"?`;
    super(`unknown task "${task}"; ${hint}`);
    this.task = task;
    this.nearest = nearest;
  }
}

/** Thrown by `schedule()` and recorded by a worker when a value does not fit the task's schema. */
export class ValidationError extends TaskfleetError {
  readonly code = 'validation_failed';
  readonly field: string;
  readonly problems: readonly FieldProblem[];

  constructor(subject: string, problems: readonly [FieldProblem, ...FieldProblem[]]) {
    super(`${subject}: ${problems.map(describeProblem).join('; ')}`);
    this.field = problems[0].field;
    this.problems = problems;
  }
}

/** One field that does not fit: `field` is a path such as `photos[2].name`, or `(root)`. */
export interface FieldProblem {
  readonly field: string;
  readonly message: string;
}

function describeProblem({ field, message }: FieldProblem): string {
  return `${field}: ${message}`;
}

/** A message or record that does not have the form that this version reads. Returned, not thrown, by parse functions. */
export class FormatError extends TaskfleetError {
  readonly code = 'format_invalid';
  readonly field: string;

  constructor(subject: string, problem: FieldProblem, options?: ErrorOptions) {
    super(`${subject} ${describeProblem(problem)}`, options);
    this.field = problem.field;
  }
}

/** Thrown at start when configuration is missing or wrong; lists every problem at once. */
export class ConfigError extends TaskfleetError {
  readonly code = 'config_invalid';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`configuration: ${problems.join('; ')}`);
    this.problems = problems;
  }
}

/** Thrown by `schedule()` when the task was validated but the topic did not take it. Nothing was scheduled. */
export class PublishError extends TaskfleetError {
  readonly code: string = 'publish_failed';
  readonly id: string;

  constructor(id: string, reason: string, options?: ErrorOptions) {
    super(`task ${id} was not scheduled: ${reason}`, options);
    this.id = id;
  }
}

/** Thrown by a `beforeSchedule` hook that does not want a task to be scheduled, and so by `schedule()`. Nothing was scheduled. */
export class VetoError extends TaskfleetError {
  readonly code = 'vetoed';
}

/**
 * Thrown by `schedule()` when the topic does not answer: at once while that is known, else when the call has failed. Nothing
 * was acknowledged; a publish whose answer alone was lost may still run.
 */
export class UnavailableError extends PublishError {
  override readonly code = 'unavailable';
  /** Milliseconds after which trying again makes sense. */
  readonly retryAfterMs: number;

  constructor(id: string, reason: string, { retryAfterMs, cause }: Unavailability) {
    super(id, reason, { cause });
    this.retryAfterMs = retryAfterMs;
  }
}

export interface Unavailability {
  readonly retryAfterMs: number;
  readonly cause: unknown;
}

/** Thrown by `scheduleMany()` when some tasks were scheduled and others were not. */
export class ScheduleManyError extends TaskfleetError {
  readonly code = 'partly_scheduled';
  /** By the order of the inputs; undefined where `errors` has the reason. */
  readonly handles: readonly (TaskHandle | undefined)[];
  readonly errors: readonly unknown[];

  constructor(handles: readonly (TaskHandle | undefined)[], errors: readonly unknown[]) {
    const failed = errors.filter((error) => error !== undefined);
    const [first] = failed;
    const reason = first instanceof Error ? first.message : 'for an unknown reason';
    super(`${failed.length} of ${errors.length} tasks were not scheduled; the first: ${reason}`, {
      cause: first,
    });
    this.handles = handles;
    this.errors = errors;
  }
}

/** Thrown when a value is larger than what the transport carries. */
export class TooLargeError extends TaskfleetError {
  readonly code = 'too_large';
  readonly sizeBytes: number;
  readonly maximumBytes: number;

  constructor(subject: string, sizeBytes: number, maximumBytes: number, hint = '') {
    super(`${subject} has ${sizeBytes} bytes, at most ${maximumBytes} fit${hint}`);
    this.sizeBytes = sizeBytes;
    this.maximumBytes = maximumBytes;
  }
}

/** Thrown by reads of the table when it went on having no capacity: trying again later makes sense. */
export class ThrottledError extends TaskfleetError {
  readonly code = 'throttled';
  /** Keys that were not read. */
  readonly left: number;

  constructor(what: string, left: number, answers: number) {
    super(
      `${what} has no capacity: ${left} keys are not read after ${answers} answers without any`,
    );
    this.left = left;
  }
}

/** Thrown when an id has neither a definition nor a result: an unknown task is never "pending". */
export class UnknownIdError extends TaskfleetError {
  readonly code = 'id_unknown';
  readonly id: string;

  constructor(id: string) {
    super(
      `no task has the id "${id}", or none any more: records end after their retention; ` +
        'ids look like thumbnails_0199c2f4a7b87d0e9c5b1a2f3e4d5c6b',
    );
    this.id = id;
  }
}

/** Thrown by `handle.result()` when the task ended in another state than `succeeded`. */
export class TaskFailedError extends TaskfleetError {
  readonly code = 'task_failed';
  readonly id: string;
  readonly state: string;

  constructor(id: string, state: string, reason: string) {
    super(`task ${id} ${state}: ${reason}`);
    this.id = id;
    this.state = state;
  }
}

/** Thrown by `handle.result({ timeout })` when the task has not ended in time; the task goes on. */
export class ResultTimeoutError extends TaskfleetError {
  readonly code = 'result_timeout';
  readonly id: string;

  constructor(id: string, timeoutMs: number, state: string) {
    super(`task ${id} is still ${state} after ${timeoutMs} ms; it goes on`);
    this.id = id;
  }
}

/** Thrown by `handle.result()` of a task that was scheduled with `ignoreResult` and has succeeded. */
export class ResultIgnoredError extends TaskfleetError {
  readonly code = 'result_ignored';
  readonly id: string;

  constructor(id: string) {
    super(`task ${id} succeeded; what it returned was not kept, as \`ignoreResult\` asked`);
    this.id = id;
  }
}

/** Thrown when a reference names nothing that is stored. */
export class ArtifactNotFoundError extends TaskfleetError {
  readonly code = 'artifact_not_found';
  readonly reference: string;

  constructor(reference: string) {
    super(`nothing is stored under "${reference}"`);
    this.reference = reference;
  }
}

/**
 * Recorded when a task's large input, and thrown when its large output, cannot be had from the bucket for good: the object is
 * gone, or is no JSON. Its message has no storage key.
 */
export class StoredValueError extends TaskfleetError {
  readonly code = 'stored_value_gone';
  readonly id: string;

  constructor(id: string, part: string, problem: string, options?: ErrorOptions) {
    super(`the stored ${part} of task ${id} ${problem}`, options);
    this.id = id;
  }
}

/** Thrown by `handle.result()` when the output is in the bucket, and the scheduler was made without one. */
export class BucketMissingError extends TaskfleetError {
  readonly code = 'bucket_missing';
  readonly id: string;

  constructor(id: string, sizeBytes: number) {
    super(
      `the output of task ${id} has ${sizeBytes} bytes and is in the bucket; give createScheduler its \`bucket\` to read it`,
    );
    this.id = id;
  }
}

/** Throw it in a handler to fail the task at once: trying again would not help. */
export class NonRetryableError extends TaskfleetError {
  readonly code = 'non_retryable';
}

/**
 * Throw it in a handler that cannot do its work yet: the task comes back after this delay, at most 11 hours, and the attempt
 * does not count. Its group waits. Throws DefinitionError itself for what is no duration.
 */
export class Snooze extends TaskfleetError {
  readonly code = 'snooze';
  readonly delayMs: number;

  constructor(delay: Duration, message = 'the handler asked for a later time') {
    super(message);
    this.delayMs = millisecondsOf('Snooze', delay);
  }
}

function millisecondsOf(what: string, delay: Duration): number {
  const delayMs = parseDuration(delay);
  if (delayMs !== undefined) return delayMs;
  throw new DefinitionError(what, [`expected ${DURATION_FORM}, got "${delay}"`]);
}

/**
 * Throw it in a handler to have the next attempt after exactly this delay, at most 11 hours, instead of the policy's. Throws
 * DefinitionError itself for what is no duration.
 */
export class RetryAfter extends TaskfleetError {
  readonly code = 'retry_after';
  readonly delayMs: number;

  constructor(delay: Duration, message = 'the handler asked for a retry', options?: ErrorOptions) {
    super(message, options);
    this.delayMs = millisecondsOf('RetryAfter', delay);
  }
}
