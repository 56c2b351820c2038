import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { TooManyRequestsError } from './errors.ts';

/** Requests in a minute, of one replica. They stop what has gone wild; nobody who means it reaches them. */
export interface LimitsConfig {
  /** Of somebody who is known: a hundred a second. */
  readonly principal: number;
  /** Of an address, for pages, and for requests whose sender is not known. */
  readonly address: number;
}

const STANDARD: LimitsConfig = { principal: 6_000, address: 1_200 };

const MINUTE_MS = 60_000;

/** Each throws TooManyRequestsError. */
export interface RequestLimits {
  ofPrincipal(request: FastifyRequest): Promise<void>;
  ofAddress(request: FastifyRequest): Promise<void>;
}

export async function requestLimits(
  app: FastifyInstance,
  config: Partial<LimitsConfig> = {},
): Promise<RequestLimits> {
  const { principal, address } = { ...STANDARD, ...config };
  await app.register(rateLimit, { global: false });
  return {
    ofPrincipal: limit(app, principal, ({ principal: who }) => `${who?.kind} ${who?.name}`),
    ofAddress: limit(app, address, ({ ip }) => ip),
  };
}

function limit(app: FastifyInstance, max: number, keyGenerator: (of: FastifyRequest) => string) {
  const take = app.createRateLimit({ max, timeWindow: MINUTE_MS, keyGenerator });
  return async (request: FastifyRequest): Promise<void> => {
    const taken = await take(request);
    if (!taken.isAllowed && taken.isExceeded) throw new TooManyRequestsError(max, taken.ttl);
  };
}
