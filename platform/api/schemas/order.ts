import { z } from 'zod';
import type { Order } from '../../signals/index.ts';

const limit = z.int().positive().optional().describe("Default: the contract's.");

/** Milliseconds that nobody wants between two starts; it keeps the number one that the table takes. */
const LONGEST_RATE_MS = 86_400_000;

const orderSchema = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.enum(['pause', 'resume', 'shutdown']) }),
    z.strictObject({ kind: z.literal('concurrency'), concurrency: limit }),
    z.strictObject({
      kind: z.literal('limits'),
      task: z.string(),
      timeLimitMs: limit,
      softTimeLimitMs: limit,
    }),
    z.strictObject({
      kind: z.literal('rate'),
      task: z.string(),
      rateLimitMs: z
        .number()
        .min(1)
        .max(LONGEST_RATE_MS)
        .optional()
        .describe("Milliseconds between the starts of two attempts. Default: the contract's."),
    }),
  ])
  .meta({ id: 'Order' });

/** Milliseconds for which a request may wait for a worker: less than what load balancers give it. */
const LONGEST_WAIT_MS = 20_000;

export const ordersSchema = z
  .strictObject({
    order: orderSchema,
    process: z.string().optional().describe('The id of one process. Default: all.'),
    wait: z
      .int()
      .min(0)
      .max(LONGEST_WAIT_MS)
      .default(0)
      .describe('Milliseconds to wait until it is heard.'),
  })
  .meta({ id: 'OrderRequest' });

/** What was asked for, without what was left out. */
export function orderOf(given: z.output<typeof orderSchema>): Order {
  const said = Object.entries(given).filter(([, value]) => value !== undefined);
  return Object.fromEntries(said) as unknown as Order;
}
