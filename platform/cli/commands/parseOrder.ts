import {
  type Duration,
  parseRateLimit,
  RATE_LIMIT_FORM,
  toMilliseconds,
} from '@taskfleet/toolbox/contract';
import { OrderError } from '../../errors.ts';
import type { Order } from '../../signals/index.ts';

/** What stands for the contract's own number. */
const DEFAULT = 'default';

/** Throws OrderError for what is no number; whether one can be is the worker's to say. */
export function parseConcurrency(count: string): Order {
  if (count === DEFAULT) return { kind: 'concurrency' };
  if (!/^\d+$/.test(count))
    throw new OrderError('concurrency', 'a number or default', `"${count}"`);
  return { kind: 'concurrency', concurrency: Number(count) };
}

/** Throws DefinitionError for what is no duration. */
export function parseLimits(task: string, limit: string, soft: string | undefined): Order {
  return {
    kind: 'limits',
    task,
    ...(limit !== DEFAULT && { timeLimitMs: toMilliseconds(limit as Duration) }),
    ...(soft !== undefined && { softTimeLimitMs: toMilliseconds(soft as Duration) }),
  };
}

/** Throws OrderError for what is no rate limit. */
export function parseRate(task: string, limit: string): Order {
  if (limit === DEFAULT) return { kind: 'rate', task };
  const rateLimitMs = parseRateLimit(limit);
  if (rateLimitMs !== undefined) return { kind: 'rate', task, rateLimitMs };
  throw new OrderError('rate limit', `${RATE_LIMIT_FORM}, or default`, `"${limit}"`);
}
