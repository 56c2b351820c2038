import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type Identify, type Permission, type Principal, reachOf } from '../identity/index.ts';
import { ForbiddenError, UnauthenticatedError } from './errors.ts';
import type { RequestLimits } from './security/requestLimits.ts';

/** One permission, any of several, `identified` for whoever is known, `none` for what everybody may see. */
export type Wanted = Permission | readonly Permission[] | 'identified' | 'none';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What one must be permitted to be answered. Every route says it. */
    readonly permission?: Wanted;
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
    permit(request.principal, permission);
  });
}

/** Throws ForbiddenError for who may not. */
export function permit(principal: Principal, wanted: Wanted): void {
  if (wanted === 'none' || wanted === 'identified') return;
  const any = [wanted].flat();
  if (!any.some((permission) => reachOf(principal, permission))) {
    throw new ForbiddenError(principal.name, any.join(' or '));
  }
}

/** Whose tasks the principal may do this with: a creator's, or everybody's. */
export function creatorFor(principal: Principal, permission: Permission): string | undefined {
  return reachOf(principal, permission) === 'own' ? principal.name : undefined;
}

/** Who a request is from, on a route that wants a permission. */
export function principalOf({ principal }: FastifyRequest): Principal {
  if (!principal) throw new UnauthenticatedError();
  return principal;
}
