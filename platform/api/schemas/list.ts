import { TASK_STATES } from '@taskfleet/toolbox/contract';
import { z } from 'zod';

const LONGEST = 256;

/** A name or label to look for: no longer than any can be, so that no index is asked for what it cannot have. */
export const label = z.string().min(1).max(LONGEST);

/** Milliseconds since 1970. */
export const moment = z.coerce
  .number('expected milliseconds since 1970')
  .int('expected milliseconds since 1970')
  .min(0, 'expected milliseconds since 1970')
  .max(8.64e15, 'expected milliseconds since 1970');

/** Of a query: `true` or `false`. */
export const flag = z.enum(['true', 'false']).transform((text) => text === 'true');

/** Which part of a list is wanted. */
export const pageQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(500).default(50),
  cursor: z.string().max(200).optional().describe('Where the page before ended.'),
});

export const taskQuery = pageQuery.extend({
  state: z.enum(TASK_STATES).optional(),
  lost: flag.optional().describe('Only those whose process is not heard any more.'),
  worker: label.optional(),
  task: label.optional(),
  creator: label.optional(),
  subject: label.optional(),
  family: label.optional().describe('The id of any task of a family.'),
  from: moment.optional().describe('Created then or later; failed, for a list of failed ones.'),
  to: moment.optional(),
});
