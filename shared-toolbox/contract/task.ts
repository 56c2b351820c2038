import type { z } from 'zod';
import { DefinitionError } from '../errors.ts';
import type { Duration } from './duration.ts';
import {
  LONGEST_HOLD_MS,
  type RetryOptions,
  type RetryPolicy,
  resolveRetryPolicy,
  retryPolicyProblems,
} from './retryPolicy.ts';
import { type Priority, priorityProblems } from './priority.ts';
import { parseRateLimit, type RateLimit, rateLimitProblems } from './rateLimit.ts';
import { holdsSecret } from './secret.ts';
import { Durations } from './toMilliseconds.ts';

/** `worker.action`: the first segment is the worker's name and the routing key. */
export type TaskName = `${string}.${string}`;

export type WorkerOf<Name extends TaskName> = Name extends `${infer Worker}.${string}`
  ? Worker
  : never;

export interface TaskOptions<Input extends z.ZodType, Output extends z.ZodType> {
  /** Checked when the task is scheduled and again before it runs. Must survive JSON. */
  readonly input: Input;
  /**
   * Checked when the handler returns; what an object has beside its keys is left out of the record. Must survive JSON, and hold no secret.
   * `z.void()` for none.
   */
  readonly output: Output;
  /** How it is tried again after its handler threw. Default: 5 attempts in all, 2s to 5m apart. */
  readonly retry?: RetryOptions;
  /** `ctx.signal` aborts after this time in one attempt. Default: none. Must be shorter than `timeLimit`. */
  readonly softTimeLimit?: Duration;
  /** An attempt that runs longer has failed. From 1s, and at most 12h together with `retry.backoff.max`. Default `'10m'`. */
  readonly timeLimit?: Duration;
  /** Tasks of the same group run one at a time and in the order of scheduling. Default: no order, full parallelism. */
  readonly group?: (input: z.output<Input>) => string;
  /**
   * Tasks with the same key run at most `limit` at a time in the whole fleet, from 1 to 100, and those of one key starve no others.
   * A failed attempt keeps its place until the retry. Not together with `group`, which is a limit of 1 with order.
   */
  readonly concurrency?: {
    readonly key: (input: z.output<Input>) => string;
    readonly limit: number;
  };
  /**
   * Of calls that ask for none: `high`, `normal` or `low`. With one declared, calls may ask for another, and the worker needs
   * `priorities: true`. Not together with `group` or `concurrency`. Default: none, and calls may ask for none.
   */
  readonly priority?: Priority;
  /** Attempts that begin in a time, in the whole fleet. Default: no limit. */
  readonly rateLimit?: RateLimit;
  /**
   * Attempts that begin in a time in each process, which waits with the message in hand: it takes one of the process's places
   * meanwhile. Costs no write. May be had beside `rateLimit`. Not on Lambda. Default: no limit.
   */
  readonly rateLimitPerProcess?: RateLimit;
  /**
   * While a task with the same key has not ended, scheduling another one gives the handle of that one; an input without a key is scheduled
   * as often as somebody asks. Default: no such thing.
   */
  readonly unique?: (input: z.output<Input>) => string | undefined;
  /** How long a finished task's record is kept at least. From 1m to 3650d. Default `'30d'`. */
  readonly retention?: Duration;
  /**
   * Whether the last lines of `ctx.log` are kept beside the record, for people to look at. A task that succeeds within five seconds pays
   * nothing for it, a longer one at most one write unit a second while it says something. Default: what its worker says.
   */
  readonly log?: boolean;
}

/** A task as declared, without its implementation: what a scheduler needs, and a worker promises to handle. */
export interface Task<
  Name extends TaskName = TaskName,
  Input extends z.ZodType = z.ZodType,
  Output extends z.ZodType = z.ZodType,
> {
  readonly name: Name;
  readonly worker: WorkerOf<Name>;
  readonly input: Input;
  readonly output: Output;
  readonly retry: RetryPolicy;
  readonly softTimeLimitMs: number | undefined;
  readonly timeLimitMs: number;
  readonly retentionMs: number;
  readonly group: ((input: z.output<Input>) => string) | undefined;
  readonly concurrency: ConcurrencyLimit<z.output<Input>> | undefined;
  /** Of calls that ask for none; undefined where none may ask for one. */
  readonly priority: Priority | undefined;
  /** Milliseconds between the starts of two attempts; undefined for no limit. */
  readonly rateLimitMs: number | undefined;
  /** The same within each process. */
  readonly rateLimitPerProcessMs: number | undefined;
  readonly unique: ((input: z.output<Input>) => string | undefined) | undefined;
  /** Whether its log's last lines are kept; undefined where its worker says. */
  readonly log: boolean | undefined;
}

/** How many tasks with one key run at a time in the whole fleet. */
export interface ConcurrencyLimit<Input> {
  readonly key: (input: Input) => string;
  readonly limit: number;
}

/** Any task, for code that does not care which. */
// oxlint-disable-next-line typescript/no-explicit-any -- the group function makes Task invariant in its input
export type AnyTask = Task<any, any, any>;

/** What a caller passes to `schedule()`. */
export type InputOf<T extends AnyTask> = z.input<T['input']>;
/** What a handler receives, defaults and transforms applied. */
export type ParsedInputOf<T extends AnyTask> = z.output<T['input']>;
/** What a handler returns. */
export type ReturnOf<T extends AnyTask> = z.input<T['output']>;
/** What `handle.result()` resolves to. */
export type OutputOf<T extends AnyTask> = z.output<T['output']>;

const NAME = /^[a-z][a-z0-9-]{0,30}\.[a-z][A-Za-z0-9-]{0,62}$/;

/** Ten years. */
export const LONGEST_RETENTION_MS = 3_650 * 86_400_000;

/**
 * Declares a task. Throws DefinitionError listing everything that cannot work.
 *
 * @example defineTask('email.send', { input: z.object({ to: z.email() }), output: z.object({ messageId: z.string() }) })
 */
export function defineTask<
  const Name extends TaskName,
  Input extends z.ZodType,
  Output extends z.ZodType,
>(name: Name, options: TaskOptions<Input, Output>): Task<Name, Input, Output> {
  const durations = new Durations();
  const { softTimeLimit } = options;
  const task: Task<Name, Input, Output> = Object.freeze({
    name,
    worker: name.split('.')[0] as WorkerOf<Name>,
    input: options.input,
    output: options.output,
    retry: resolveRetryPolicy(options.retry ?? {}, durations),
    softTimeLimitMs: softTimeLimit && durations.milliseconds('softTimeLimit', softTimeLimit),
    timeLimitMs: durations.milliseconds('timeLimit', options.timeLimit ?? '10m'),
    retentionMs: durations.milliseconds('retention', options.retention ?? '30d'),
    group: options.group,
    concurrency: options.concurrency,
    priority: options.priority,
    rateLimitMs: options.rateLimit && parseRateLimit(options.rateLimit),
    rateLimitPerProcessMs:
      options.rateLimitPerProcess && parseRateLimit(options.rateLimitPerProcess),
    unique: options.unique,
    log: options.log,
  });
  const problems = [
    ...durations.problems,
    ...rateLimitProblems('rateLimit', options.rateLimit),
    ...rateLimitProblems('rateLimitPerProcess', options.rateLimitPerProcess),
    ...taskProblems(task),
    ...concurrencyProblems(task),
    ...priorityProblems(task),
  ];
  if (problems.length > 0) throw new DefinitionError(`task "${name}"`, problems);
  return task;
}

function taskProblems(task: AnyTask): string[] {
  const problems = retryPolicyProblems(task.retry);
  if (!NAME.test(task.name)) {
    problems.push(
      'name: expected worker.action with a worker of lower-case letters, digits and hyphens (at most 31) ' +
        'and an action of letters, digits and hyphens (at most 63)',
    );
  }
  if (task.timeLimitMs < 1_000 || task.timeLimitMs > LONGEST_HOLD_MS) {
    problems.push(`timeLimit: expected 1s to 12h, got ${task.timeLimitMs} ms`);
  }
  if (task.timeLimitMs + task.retry.maxMs > LONGEST_HOLD_MS) {
    problems.push(
      'timeLimit: expected at most 12h together with retry.backoff.max, because a message is hidden no longer, ' +
        `got ${task.timeLimitMs} ms and ${task.retry.maxMs} ms`,
    );
  }
  if (task.softTimeLimitMs !== undefined && task.softTimeLimitMs >= task.timeLimitMs) {
    problems.push(
      `softTimeLimit: expected less than timeLimit (${task.timeLimitMs} ms), got ${task.softTimeLimitMs} ms`,
    );
  }
  if (task.retentionMs < 60_000 || task.retentionMs > LONGEST_RETENTION_MS) {
    problems.push(`retention: expected 1m to 3650d, got ${task.retentionMs} ms`);
  }
  if (holdsSecret(task.output)) {
    problems.push(
      'output: expected no secret, because the record, which keeps none, is all that the caller gets',
    );
  }
  return problems;
}

const MOST_AT_A_TIME = 100;

function concurrencyProblems({ concurrency, group }: AnyTask): string[] {
  if (concurrency === undefined) return [];
  const { limit } = concurrency;
  const problems: string[] = [];
  if (!Number.isInteger(limit) || limit < 1 || limit > MOST_AT_A_TIME) {
    problems.push(
      `concurrency.limit: expected a whole number from 1 to ${MOST_AT_A_TIME}, got ${limit}`,
    );
  }
  if (group)
    problems.push('concurrency: expected none beside group, which is a limit of 1 with order');
  return problems;
}
