import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type Identify, type Permission, type Principal, reachOf } from '../identity/index.ts';
import { ForbiddenError, UnauthenticatedError } from './errors.ts';
import type { RequestLimits } from './security/requestLimits.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What one must be permitted to be answered; `none` for what everybody may see. Every route says it. */
    readonly permission?: Permission | 'none';
  }
  interface FastifyRequest {
    principal: Principal | undefined;
  }
}

export interface AuthorizeOptions {
  readonly identify: Identify;
  readonly limits: RequestLimits;
}

/** Lets nobody through to a route who may not. A route that does not say who may is a defect, found when it is added. */
export function authorize(app: FastifyInstance, { identify, limits }: AuthorizeOptions): void {
  app.decorateRequest('principal', undefined);
  app.addHook('onRoute', ({ config, url, method }) => {
    if (config?.permission === undefined) {
      throw new RangeError(`${String(method)} ${url}: expected a permission in its config`);
    }
  });
  app.addHook('onRequest', async (request) => {
    const { permission = 'none', rateLimit } = request.routeOptions.config;
    if (permission === 'none') {
      if (rateLimit !== false) await limits.ofAddress(request);
      return;
    }
    try {
      request.principal = await identify(request.headers.authorization);
      if (!request.principal) throw new UnauthenticatedError();
    } catch (error) {
      await limits.ofAddress(request);
      throw error;
    }
    await limits.ofPrincipal(request);
    if (!reachOf(request.principal, permission)) {
      throw new ForbiddenError(request.principal.name, permission);
    }
  });
}

/** Who a request is from, on a route that wants a permission. */
export function principalOf({ principal }: FastifyRequest): Principal {
  if (!principal) throw new UnauthenticatedError();
  return principal;
}
