import { z } from 'zod';
import { FormatError } from '../errors.ts';
import { holdsInput, mayHoldOutput } from './offload.ts';
import { type TaskState, TASK_STATES } from './states.ts';
import { taskFields, taskId } from './taskFields.ts';
import type { TaskId } from './taskId.ts';
import { DEEPEST, fit, type Parsed } from './validate.ts';

/** Version of both record formats. */
export const RECORD_VERSION = 1;

const instant = z.int().nonnegative();

const definitionSchema = z
  .object({
    ...taskFields,
    v: z.literal(RECORD_VERSION),
    task: z.string(),
    worker: z.string(),
  })
  .superRefine(holdsInput);

const errorSchema = z.object({
  /** Class of the error, such as `ValidationError`. */
  name: z.string(),
  message: z.string(),
  /** 0 for a task that was never run. */
  attempt: z.int().nonnegative(),
});

const attemptErrorSchema = errorSchema.extend({
  attempt: z.int().positive(),
  /** The beginning of the stack trace. */
  stack: z.string().optional(),
  at: instant,
});

const resultFields = z.object({
  v: z.literal(RECORD_VERSION),
  id: taskId,
  state: z.enum(TASK_STATES),
  /** Attempts begun so far. */
  attempt: z.int().nonnegative(),
  /** Fencing token: grows with every claim; a write by the holder of a smaller one is refused. */
  token: z.int().nonnegative(),
  /** Of the claim that began the last attempt. */
  claim: z.string(),
  /** The worker process that claimed last. */
  holder: z.string(),
  /** Left out for a task that nobody has claimed: one that died before. */
  startedAt: instant.optional(),
  finishedAt: instant.optional(),
  progress: z
    .object({ fraction: z.number().min(0).max(1), note: z.string().optional() })
    .optional(),
  /** Secrets replaced. Left out when the bucket has it. */
  output: z.json().optional(),
  /** The bucket's key of a large output. */
  outputAt: z.string().optional(),
  /** Bytes of the JSON under `outputAt`. */
  outputBytes: z.int().positive().optional(),
  /** Why the task is in its state; of the last attempt that failed. */
  error: errorSchema.optional(),
  /** Of every attempt that failed, in order; those of later attempts are cut shorter. */
  errors: z.array(attemptErrorSchema).optional(),
  /** Times that the handler threw Snooze. */
  snoozes: z.int().nonnegative().optional(),
  /** The moment before which no attempt begins, because of a rate limit. */
  turnAt: z.number().nonnegative().optional(),
  /** Who asked for the task's end, and when. No attempt begins after that; one that runs is told to stop. */
  cancel: z.object({ by: z.string(), at: instant }).optional(),
});

const resultSchema = resultFields.superRefine(mayHoldOutput);

/** What the tracker keeps under `task#<id>`: the task as it was asked for. */
export type TaskDefinitionRecord = Readonly<z.output<typeof definitionSchema>>;

/** What the worker keeps under `result#<id>`: what became of the task. */
export type TaskResultRecord = z.output<typeof resultSchema>;

/** Why a task is in its state, as kept in the record. */
export type RecordedError = z.output<typeof errorSchema>;

/** What an attempt threw, as kept in the record. */
export type AttemptError = z.output<typeof attemptErrorSchema>;

export function parseDefinitionRecord(value: unknown): Parsed<TaskDefinitionRecord, FormatError> {
  return parseRecord('definition', definitionSchema, value);
}

export function parseResultRecord(value: unknown): Parsed<TaskResultRecord, FormatError> {
  return parseRecord('result', resultSchema, value);
}

function parseRecord<S extends z.ZodType>(
  subject: string,
  schema: S,
  value: unknown,
): Parsed<z.output<S>, FormatError> {
  const parsed = fit(schema, value, DEEPEST + 1);
  if (parsed.ok) return parsed;
  return { ok: false, error: new FormatError(subject, parsed.error[0]) };
}

/** A task as people and programs see it: definition and result together. Either may be there before the other. */
export interface TaskRecord
  extends
    Partial<Omit<TaskDefinitionRecord, 'v' | 'id' | 'worker'>>,
    Partial<
      Pick<
        TaskResultRecord,
        | 'holder'
        | 'startedAt'
        | 'finishedAt'
        | 'progress'
        | 'output'
        | 'outputAt'
        | 'outputBytes'
        | 'error'
        | 'errors'
        | 'snoozes'
        | 'turnAt'
        | 'cancel'
      >
    > {
  readonly id: TaskId;
  readonly worker: string;
  readonly state: TaskState;
  readonly attempt: number;
}

/** What is known of a task, by who wrote it. */
export interface KnownParts {
  /** The tracker: the message is out. */
  readonly definition?: TaskDefinitionRecord | undefined;
  /** The worker. */
  readonly result?: TaskResultRecord | undefined;
  /** The scheduler: the message waits in the table. */
  readonly waiting?: TaskDefinitionRecord | undefined;
}

/** Joins what is known. A task without a result waits: for its due time, or in its queue. */
export function combineRecord(id: TaskId, { definition, result, waiting }: KnownParts): TaskRecord {
  const { v: _version, ...asked } = definition ?? waiting ?? {};
  const { v: _resultVersion, token: _token, claim: _claim, holder, ...became } = result ?? {};
  return {
    attempt: 0,
    ...asked,
    ...became,
    // Nobody has ever claimed a task that died or was cancelled before.
    ...(holder && { holder }),
    id,
    worker: id.slice(0, id.lastIndexOf('_')),
    state: result?.state ?? (waiting && !definition ? 'scheduled' : 'queued'),
  };
}
