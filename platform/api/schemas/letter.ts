import { z } from 'zod';
import { pageQuery, label } from './list.ts';
import { instant } from './task.ts';

/** Nothing of the message itself: what in it is secret may be unknown. */
export const letterSchema = z
  .object({
    id: z.string(),
    service: z.string().describe("A worker's name, or `platform`."),
    state: z.enum(['waiting', 'redriving', 'redriven', 'purged']),
    reason: z.string(),
    diedAt: instant,
    leftAt: instant.optional(),
    group: z.string(),
    taskId: z.string().optional(),
    task: z.string().optional(),
    attempt: z.int().nonnegative().describe('Attempts of the task before it died.'),
  })
  .meta({ id: 'DeadLetter' });

export const lettersSchema = z
  .object({ letters: z.array(letterSchema), cursor: z.string().optional() })
  .meta({ id: 'DeadLetterPage' });

export const letterQuery = pageQuery.extend({
  service: label.optional().describe("A worker's name, or `platform`."),
});

export const letterParams = z.object({ id: z.string().max(200) });

/** Whose letters, all of them. */
export const allLetters = z.strictObject({ service: label }).meta({ id: 'AllDeadLetters' });

export const redrivenSchema = z
  .object({
    redriven: z.array(z.string()),
    pending: z
      .array(z.string())
      .describe('Asked for, and not back in their queue yet; or not asked for, after such a one.'),
  })
  .meta({ id: 'Redriven' });

export const purgedSchema = z.object({ purged: z.array(z.string()) }).meta({ id: 'Purged' });
