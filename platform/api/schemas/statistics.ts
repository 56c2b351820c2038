import { COUNTERS } from '@taskfleet/toolbox/statistics';
import { z } from 'zod';
import { label } from './list.ts';
import { windowQuery } from './window.ts';

export const statisticsQuery = windowQuery.extend({
  task: label.optional().describe('Only of this task.'),
});

const distribution = z
  .object({
    count: z.int(),
    p50Ms: z.number().nullable(),
    p95Ms: z.number().nullable(),
    p99Ms: z.number().nullable(),
  })
  .meta({
    id: 'Distribution',
    description: 'Estimates from buckets; null when nothing was timed.',
  });

const counters = Object.fromEntries(COUNTERS.map((counter) => [counter, z.int()])) as Record<
  (typeof COUNTERS)[number],
  z.ZodInt
>;

const figures = z.object({ ...counters, ended: z.int(), run: distribution, wait: distribution });

/** What became of tasks in each step of a time. */
export const statisticsSchema = z
  .object({
    from: z.number(),
    to: z.number(),
    stepMs: z.number(),
    tasks: z.array(
      z.object({
        task: z.string(),
        total: figures,
        points: z.array(figures.extend({ at: z.number() })),
      }),
    ),
  })
  .meta({ id: 'Statistics' });
