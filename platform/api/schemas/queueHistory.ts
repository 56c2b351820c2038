import { z } from 'zod';
import { label } from './list.ts';
import { windowQuery } from './window.ts';

export const queueHistoryQuery = windowQuery.extend({
  service: label.optional().describe("A worker's name, or `platform`. Default: all."),
});

const count = z.int().nonnegative();

const depthPoint = z
  .object({
    at: z.number().describe('Where the step begins.'),
    visible: count,
    inFlight: count,
    delayed: count,
    deadLetters: count,
    oldestMs: z
      .number()
      .nullable()
      .describe(
        'For how long at most the oldest message had waited, to a minute; 0 when none waited, null when nobody knows.',
      ),
    waitP95Ms: z
      .number()
      .nullable()
      .describe(
        'How long 95 of a hundred tasks that were begun then had waited: an estimate. Null when none was.',
      ),
  })
  .meta({ id: 'QueueDepth', description: 'The most of each at any look of the step.' });

/** What was in the queues of each service, in each step of a time. */
export const queueHistorySchema = z
  .object({
    from: z.number(),
    to: z.number(),
    stepMs: z.number(),
    services: z.array(
      z.object({
        service: z.string(),
        points: z.array(depthPoint.nullable()).describe('Null where nobody looked.'),
      }),
    ),
  })
  .meta({ id: 'QueueHistory' });
