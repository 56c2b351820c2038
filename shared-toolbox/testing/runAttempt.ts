import {
  type AnyTask,
  type Duration,
  type Handler,
  type InputOf,
  jsonOf,
  MESSAGE_VERSION,
  nearestName,
  newTaskId,
  type TaskId,
  type TaskMessage,
  toMilliseconds,
  UnknownTaskError,
  type WorkerImplementation,
} from '../contract/index.ts';
import { LeaseLostError } from '../consume/index.ts';
import type { Attempt } from '../runtime/attempt.ts';
import { CancelledError, WorkerStoppingError } from '../runtime/errors.ts';
import { attempted } from './attempted.ts';
import type { AttemptEnd } from './attemptEnd.ts';
import type { AttemptOptions } from './attemptOptions.ts';
import { manualClock, type ManualClock } from './manualClock.ts';

/** An attempt under way. Await it for its end. */
export interface RunningAttempt<T extends AnyTask = AnyTask> extends Promise<AttemptEnd<T>> {
  readonly id: TaskId;
  /** Lets time pass: limits that are over by then end the attempt, and a handler that ignores its signal is given up after 5 s. */
  pass(time: Duration): void;
  /** Somebody asks for the task's end. */
  cancel(by?: string): void;
  /** The worker was cut off for too long: whatever the handler does belongs to somebody else. */
  loseLease(): void;
  /** The worker stops, and its grace period is over. */
  stopWorker(): void;
}

/**
 * Runs one attempt of a task: checks input and output, gives the handler its `ctx`, and decides what follows by the code that a worker
 * runs, without queue, table, bucket or waiting. The handler is called before this returns; it never rejects but for an input that JSON
 * cannot carry. Throws UnknownTaskError for a task that the worker does not have.
 *
 * @example const { output, progress } = await runAttempt(exportProject, exportImplementation, { org, project, format: 'xls' });
 */
export function runAttempt<T extends AnyTask>(
  task: T,
  handledBy: Handler<T> | WorkerImplementation,
  input: InputOf<T>,
  options: AttemptOptions = {},
): RunningAttempt<T> {
  const clock = options.clock ?? manualClock();
  const abort = new AbortController();
  const attempt = attemptOf({
    task,
    handler: handlerOf(task, handledBy),
    input,
    options,
    clock,
    abort,
  });
  const controls: Omit<RunningAttempt, keyof Promise<unknown>> = {
    id: attempt.message.id,
    pass: (time) => clock.advance(toMilliseconds(time)),
    cancel: (by = 'the test') => abort.abort(new CancelledError(by)),
    loseLease: () => abort.abort(new LeaseLostError('the lease was lost: the test says so')),
    stopWorker: () =>
      abort.abort(new WorkerStoppingError('the worker stops and its grace is over')),
  };
  return Object.assign(attempted<T>(attempt, clock, options), controls);
}

interface AttemptParts<T extends AnyTask> {
  readonly task: T;
  readonly handler: Handler;
  readonly input: InputOf<T>;
  readonly options: AttemptOptions;
  readonly clock: ManualClock;
  readonly abort: AbortController;
}

function attemptOf<T extends AnyTask>(parts: AttemptParts<T>): Attempt {
  const { task, handler, input, options, clock, abort } = parts;
  const {
    id = newTaskId(task.worker, clock),
    creator,
    subject,
    attempt = 1,
    snoozes = 0,
  } = options;
  const message: TaskMessage = {
    v: MESSAGE_VERSION,
    id,
    task: task.name,
    input: jsonOf(task, input),
    creator,
    subject,
    root: id,
    createdAt: clock.now(),
  };
  const startedAt = clock.monotonic();
  const { signal } = abort;
  return { message, task, handler, number: attempt, token: attempt, snoozes, startedAt, signal };
}

function handlerOf<T extends AnyTask>(
  { name }: T,
  handledBy: Handler<T> | WorkerImplementation,
): Handler {
  if (typeof handledBy === 'function') return handledBy;
  const handler = handledBy.handlers.get(name);
  if (handler) return handler;
  const known = [...handledBy.handlers.keys()];
  throw new UnknownTaskError(name, nearestName(name, known), known);
}
