import {
  type Duration,
  parseDuration,
  PRIORITIES,
  type ScheduleOptions,
} from '@taskfleet/toolbox/contract';
import { z } from 'zod';

export const duration = z
  .custom<Duration>(
    (value) => typeof value === 'string' && parseDuration(value) !== undefined,
    'expected a duration such as 90s, 15m or 2h',
  )
  .meta({ type: 'string', examples: ['90s', '15m', '2h'] });

const moment = z.iso.datetime({ offset: true }).transform((text) => new Date(text));

/** Options of one call, as in code; moments as ISO 8601. */
export const optionsSchema = z
  .strictObject({
    creator: z
      .string()
      .optional()
      .describe('Only for who may see all tasks; else it is whoever asks.'),
    subject: z.string().optional(),
    delay: duration.optional(),
    eta: moment.optional(),
    expires: duration.optional(),
    idempotencyKey: z.string().optional(),
    group: z.string().optional(),
    priority: z.enum(PRIORITIES).optional(),
    ignoreResult: z.boolean().optional(),
    durable: z.boolean().optional(),
    timeLimit: duration.optional(),
    softTimeLimit: duration.optional(),
    retry: z.strictObject({ maxAttempts: z.int().positive().optional() }).optional(),
  })
  .meta({ id: 'ScheduleOptions' });

/** When a deferred task is due now instead. */
export const whenSchema = z
  .strictObject({ delay: duration.optional(), eta: moment.optional() })
  .refine(({ delay, eta }) => delay !== undefined || eta !== undefined, 'expected delay or eta')
  .meta({ id: 'When' });

export type CallOptions = z.output<typeof optionsSchema>;

/** The options that were given, for `schedule()`; who may do it with own tasks only is their creator. */
export function callOptions(
  options: CallOptions = {},
  { creator, fallback }: { readonly creator: string | undefined; readonly fallback?: string },
): ScheduleOptions {
  const asked = { ...options, creator: creator ?? options.creator ?? fallback };
  const given = Object.entries(asked).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given);
}
