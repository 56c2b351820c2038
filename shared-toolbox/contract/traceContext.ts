import { z } from 'zod';

/** What W3C promises to carry on (w3.org/TR/trace-context, limits of tracestate); more would be paid for with each message. */
export const LONGEST_TRACESTATE = 512;

/** Of which trace a task is: the headers of W3C's Trace Context, and no baggage. Any other form is as none: no task fails for it. */
export const traceContext = z
  .object({
    traceparent: z.string().regex(/^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/),
    tracestate: z.string().max(LONGEST_TRACESTATE).optional(),
  })
  .optional()
  .catch(undefined);

export type TraceContext = NonNullable<z.output<typeof traceContext>>;
