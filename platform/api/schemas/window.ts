import type { Clock } from '@taskfleet/toolbox/clock';
import { z } from 'zod';
import { stepFor, type StepsQuery } from '../../statistics/index.ts';
import { moment } from './list.ts';

/** A time in steps. */
export const windowQuery = z.strictObject({
  from: moment.optional().describe('Default: an hour before `to`. Widened to whole steps.'),
  to: moment.optional().describe('Default: now.'),
  step: z.coerce
    .number('expected milliseconds')
    .int()
    .min(60_000)
    .max(7_776_000_000)
    .optional()
    .describe(
      'Milliseconds of a point: whole minutes, kept for 8 days, or whole hours, kept for 90. Default: by the length of the time.',
    ),
});

const HOUR_MS = 3_600_000;

/** What is asked for, where nothing else is said the last hour. */
export function windowOf(
  asked: z.output<typeof windowQuery>,
  clock: Pick<Clock, 'now'>,
): StepsQuery {
  const to = asked.to ?? clock.now();
  const from = asked.from ?? to - HOUR_MS;
  return { from, to, stepMs: asked.step ?? stepFor(to - from) };
}
