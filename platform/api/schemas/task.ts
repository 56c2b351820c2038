import { TASK_STATES } from '@taskfleet/toolbox/contract';
import { z } from 'zod';
import type { SeenTask } from '../../signals/index.ts';

export const instant = z.int().nonnegative().describe('Milliseconds since 1970.');
const errorSchema = z.object({ name: z.string(), message: z.string(), attempt: z.int() });

/** A task as the API shows it: never where the store keeps a large value, and no broker's ids. */
export const taskSchema = z
  .object({
    id: z.string(),
    task: z.string().optional(),
    worker: z.string(),
    state: z.enum(TASK_STATES),
    lost: z
      .literal(true)
      .optional()
      .describe('It runs by its record, but its process is not heard any more.'),
    attempt: z.int().nonnegative(),
    input: z.json().optional().describe('Secrets replaced; left out when large.'),
    inputBytes: z.int().optional(),
    output: z.json().optional(),
    outputBytes: z.int().optional(),
    progress: z.object({ fraction: z.number(), note: z.string().optional() }).optional(),
    error: errorSchema.optional(),
    errors: z.array(errorSchema.extend({ stack: z.string().optional(), at: instant })).optional(),
    creator: z.string().optional(),
    subject: z.string().optional(),
    group: z.string().optional(),
    priority: z.enum(['high', 'low']).optional(),
    parent: z.string().optional(),
    root: z.string().optional(),
    retryOf: z.string().optional().describe('The task that this one is run again for.'),
    createdAt: instant.optional(),
    dueAt: instant.optional(),
    expires: instant.optional(),
    startedAt: instant.optional(),
    finishedAt: instant.optional(),
    holder: z.string().optional().describe('The process that claimed last.'),
    cancel: z.object({ by: z.string(), at: instant }).optional(),
    periodic: z.object({ name: z.string(), at: instant }).optional(),
    flow: z.object({ id: z.string(), node: z.string() }).optional(),
    snoozes: z.int().optional(),
    turnAt: z.number().optional(),
    ignoreResult: z.literal(true).optional(),
    keyed: z.literal(true).optional(),
  })
  .meta({ id: 'Task' });

export type ShownTask = z.input<typeof taskSchema>;

/** What the schema does not name stays in. */
export function shown(record: SeenTask): ShownTask {
  return taskSchema.parse(record);
}

export const idParams = z.object({
  id: z.string().max(200).describe('A task id, such as `export_0199…`.'),
});
