import { z } from 'zod';
import { limitsSchema } from './callLimits.ts';
import { isFlowPath } from './flowPath.ts';
import { isTaskId, type TaskId } from './taskId.ts';

export const taskId = z.custom<TaskId>(
  (value) => typeof value === 'string' && isTaskId(value),
  'expected a task id',
);

/** What a message says of its task, and the definition record after it. */
export const taskFields = {
  id: taskId,
  /**
   * As the caller gave it, before defaults and transforms; in a record with its secrets replaced. Left out when the bucket
   * has it: exactly one of `input` and `inputAt` is there.
   */
  input: z.json().optional(),
  /** The bucket's key of a large input. */
  inputAt: z.string().optional(),
  /** Bytes of the JSON under `inputAt`. */
  inputBytes: z.int().positive().optional(),
  /** The user's group, when the task has one. */
  group: z.string().optional(),
  /** One of the lanes of the task's concurrency key: tasks in one lane run one at a time, in no promised order. */
  lane: z.string().optional(),
  /** Left out for normal. */
  priority: z.enum(['high', 'low']).optional(),
  /** Who asked. */
  creator: z.string().optional(),
  /** What the task is about, such as `project/42`. */
  subject: z.string().optional(),
  /** The task that scheduled this one. */
  parent: taskId.optional(),
  /** The task that this one is run again for. */
  retryOf: taskId.optional(),
  /** First task of the family; the id itself for a task without a parent. */
  root: taskId,
  /** Milliseconds since 1970, the scheduler's clock. */
  createdAt: z.int().nonnegative(),
  /** The moment before which it was not to begin; milliseconds since 1970. */
  dueAt: z.int().nonnegative().optional(),
  /** The moment from which it is not to begin any more; milliseconds since 1970. */
  expires: z.int().nonnegative().optional(),
  /** Whether the id was made from a caller's key or a firing: then the first definition counts. */
  keyed: z.literal(true).optional(),
  /** The periodic task that fired, and the time for which it did. */
  periodic: z.object({ name: z.string(), at: z.int().nonnegative() }).optional(),
  /** Whether the record goes without the output. */
  ignoreResult: z.literal(true).optional(),
  /** What this call has tightened of the contract. */
  limits: limitsSchema.optional(),
  /** The input is a list, which one attempt handles in order. */
  each: z.literal(true).optional(),
  /** The flow that the task is a leaf of, and where in it. */
  flow: z
    .object({ id: taskId, node: z.string().refine(isFlowPath, 'expected a path in a flow') })
    .optional(),
};

/** When a task's message reached the topic, or will: from then on a queue may have it. */
export function publishedAt({
  createdAt,
  dueAt = 0,
}: {
  readonly createdAt: number;
  readonly dueAt?: number | undefined;
}): number {
  return Math.max(createdAt, dueAt);
}
