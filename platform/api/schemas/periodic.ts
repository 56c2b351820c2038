import {
  type AnyTask,
  findTask,
  type Fleet,
  MISSED_POLICIES,
  periodic,
  type PeriodicOptions,
  type PeriodicTask,
  TASK_STATES,
} from '@taskfleet/toolbox/contract';
import { z } from 'zod';
import { json } from './json.ts';
import { duration } from './options.ts';
import { instant } from './task.ts';

const firingSchema = z.object({ at: instant, id: z.string() });

export const periodicSchema = z
  .object({
    name: z.string(),
    origin: z.enum(['declared', 'added']).describe('By the code, or while the fleet runs.'),
    rule: z.object({
      task: z.string(),
      input: z.json().describe('Secrets replaced.'),
      timing: z.union([
        z.object({ cron: z.string(), timeZone: z.string() }),
        z.object({ every: z.string() }),
      ]),
      missed: z.enum(MISSED_POLICIES),
      creator: z.string().optional(),
      subject: z.string().optional(),
      expires: z.string().optional(),
    }),
    next: z.array(instant).describe('The next five times; of a paused one none.'),
    paused: z.object({ by: z.string(), at: instant }).optional(),
    last: firingSchema.extend({ state: z.enum(TASK_STATES).optional() }).optional(),
    skipped: firingSchema
      .optional()
      .describe('The last firing for which a task stood that had not ended.'),
    problem: z.string().optional().describe('Why the last firing made no task.'),
  })
  .meta({ id: 'PeriodicTask' });

export const newPeriodicSchema = z
  .strictObject({
    name: z.string(),
    task: z.string(),
    input: json,
    cron: z.string().optional().describe('Or `every`.'),
    timeZone: z.string().optional().describe('Of `cron`. Default: UTC.'),
    every: duration.optional(),
    missed: z.enum(MISSED_POLICIES).optional(),
    creator: z.string().optional().describe('Default: whoever asks.'),
    subject: z.string().optional(),
    expires: duration.optional(),
  })
  .meta({ id: 'NewPeriodicTask' });

/** Throws DefinitionError, and UnknownTaskError. */
export function newPeriodic(
  fleet: Fleet,
  { name, task, ...given }: z.output<typeof newPeriodicSchema>,
  asker: string,
): PeriodicTask {
  const said = Object.entries({ creator: asker, ...given }).filter(
    ([, value]) => value !== undefined,
  );
  const options = { ...Object.fromEntries(said), task: findTask(fleet, task) };
  // The texts may be anything: what the types forbid is found by `periodic`.
  return periodic(name, options as unknown as PeriodicOptions<AnyTask>);
}

export const periodicParams = z.object({ name: z.string().max(200) });
