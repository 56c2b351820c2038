import { z } from 'zod';
import { isTaskId, type TaskId } from './taskId.ts';

export const taskId = z.custom<TaskId>(
  (value) => typeof value === 'string' && isTaskId(value),
  'expected a task id',
);

/** What a message says of its task, and the definition record after it. */
export const taskFields = {
  id: taskId,
  /** As the caller gave it, before defaults and transforms; in a record with its secrets replaced. */
  input: z.json(),
  /** The user's group, when the task has one. */
  group: z.string().optional(),
  /** Who asked. */
  creator: z.string().optional(),
  /** What the task is about, such as `project/42`. */
  subject: z.string().optional(),
  /** The task that scheduled this one. */
  parent: taskId.optional(),
  /** First task of the family; the id itself for a task without a parent. */
  root: taskId,
  /** Milliseconds since 1970, the scheduler's clock. */
  createdAt: z.int().nonnegative(),
};
