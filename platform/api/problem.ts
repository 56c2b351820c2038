import { TaskfleetError } from '@taskfleet/toolbox/contract';
import { z } from 'zod';

/** RFC 9457: what a request that was not granted is answered. */
export const problemSchema = z
  .object({
    /** Stable: programs compare it. */
    type: z.string(),
    title: z.string(),
    status: z.int(),
    /** One line: what was expected, what came, what to do. */
    detail: z.string(),
    /** Fields of the request that do not fit. */
    errors: z.array(z.object({ field: z.string(), message: z.string() })).optional(),
  })
  .meta({ id: 'Problem' });

export type Problem = z.output<typeof problemSchema>;

export const PROBLEM_TYPE = 'application/problem+json';

interface Kind {
  readonly status: number;
  readonly title: string;
}

const notFound = (title: string): Kind => ({ status: 404, title });
const conflict = (title: string): Kind => ({ status: 409, title });
const unfit = (title: string): Kind => ({ status: 422, title });
const away = (title: string): Kind => ({ status: 503, title });

/** What each error of ours is to a client, by its code. */
const KINDS: Readonly<Record<string, Kind>> = {
  artifact_not_found: notFound('No such file'),
  control_on_lambda: conflict('A worker on Lambda cannot be told'),
  credentials_invalid: { status: 401, title: 'The credentials are no good' },
  delegation_refused: { status: 403, title: 'More than one has oneself' },
  definition_invalid: unfit('The definition does not fit'),
  fleet_unreachable: away('Part of the fleet does not answer'),
  forbidden: { status: 403, title: 'Not allowed' },
  host_foreign: { status: 403, title: 'Not by this name' },
  id_unknown: notFound('No such task'),
  issuer_unreachable: away('The issuer of tokens does not answer'),
  key_request_invalid: unfit('The key does not fit'),
  key_unknown: notFound('No such key'),
  letter_leaving: conflict('The dead letter is about to leave'),
  letter_not_redriven: away('The dead letter is not back in its queue yet'),
  letter_unknown: notFound('No such dead letter'),
  list_request_invalid: { status: 400, title: 'The list cannot be had' },
  media_type_unsupported: { status: 415, title: 'Not JSON' },
  order_invalid: unfit('The order does not fit'),
  order_not_heard: away('The worker has not done yet what it was told'),
  origin_forbidden: { status: 403, title: 'Not from that page' },
  periodic_declared: conflict('The code declares the periodic task'),
  periodic_exists: conflict('The periodic task exists'),
  periodic_unknown: notFound('No such periodic task'),
  process_unknown: notFound('No such process'),
  reference_invalid: { status: 400, title: 'The reference cannot be read' },
  request_invalid: { status: 400, title: 'The request does not fit' },
  route_unknown: notFound('No such page'),
  result_ignored: { status: 410, title: 'The output was not kept' },
  secrets_missing: conflict('The input has secrets that are not kept'),
  service_unknown: notFound('No such worker'),
  stored_value_gone: { status: 410, title: 'The value is gone' },
  statistics_request_invalid: { status: 400, title: 'The statistics cannot be had' },
  task_ended: conflict('The task has ended'),
  task_failed: conflict('The task has not succeeded'),
  task_not_ended: conflict('The task has not ended'),
  task_not_retriable: conflict('The task cannot be run again'),
  task_not_waiting: conflict('The task does not wait for its time'),
  task_unknown: unfit('No such task in the fleet'),
  throttled: away('The table has no capacity'),
  too_many_listeners: away('Too many listen already'),
  too_large: { status: 413, title: 'Too large' },
  too_many_requests: { status: 429, title: 'Too many requests' },
  unauthenticated: { status: 401, title: 'Credentials are needed' },
  unavailable: away('Temporarily unavailable'),
  validation_failed: unfit('The input does not fit'),
  vetoed: { status: 403, title: 'A hook does not want it' },
};

const DEFECT: Kind = { status: 500, title: 'A defect of the platform' };

/** The problem of an error of ours. An error that nobody expected says nothing of itself: it is in the log. */
export function problemOf(error: unknown): Problem {
  const code = error instanceof TaskfleetError ? error.code : undefined;
  const kind = code === undefined ? undefined : KINDS[code];
  if (!(error instanceof TaskfleetError) || !kind) {
    return problem('defect', DEFECT, 'The platform has logged what went wrong.');
  }
  return { ...problem(error.code, kind, error.message), ...fieldsOf(error) };
}

function problem(code: string, { status, title }: Kind, detail: string): Problem {
  return { type: `urn:taskfleet:problem:${code.replaceAll('_', '-')}`, title, status, detail };
}

/** Seconds after which it makes sense to ask again: for the header `Retry-After`. */
export function retryAfterSeconds(error: unknown, { status }: Problem): number | undefined {
  if (status !== 503 && status !== 429) return undefined;
  const ms = (error as { retryAfterMs?: unknown }).retryAfterMs;
  return typeof ms === 'number' ? Math.max(1, Math.ceil(ms / 1_000)) : DEFAULT_RETRY_SECONDS;
}

/** The table's breaker looks again after about five seconds. */
const DEFAULT_RETRY_SECONDS = 5;

function fieldsOf(error: TaskfleetError): Pick<Problem, 'errors'> {
  const { problems } = error as { problems?: unknown };
  const errors = z.array(z.object({ field: z.string(), message: z.string() })).safeParse(problems);
  return errors.success ? { errors: errors.data } : {};
}
