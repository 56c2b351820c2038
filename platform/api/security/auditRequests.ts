import { AsyncLocalStorage } from 'node:async_hooks';
import type { FastifyInstance } from 'fastify';
import type { FleetAccess } from '../../access/index.ts';
import { type Actor, auditedAccess } from '../../audit/index.ts';
import type { ApiDeps } from '../apiDeps.ts';

/**
 * Access to the fleet that is audited in the name of whoever's request is handled. It finds that out by itself, so that no route can
 * forget it; what changes the fleet outside a request of somebody known is refused.
 */
export function auditRequests(
  app: FastifyInstance,
  { access, log }: Pick<ApiDeps, 'access' | 'log'>,
): FleetAccess {
  const acting = new AsyncLocalStorage<Actor>();
  app.addHook('preHandler', ({ principal }, _reply, done) => {
    if (principal) acting.run({ name: principal.name, kind: principal.kind }, done);
    else done();
  });
  return auditedAccess(access, {
    by: () => {
      const actor = acting.getStore();
      if (!actor) throw new RangeError('expected a principal behind every change of the fleet');
      return actor;
    },
    onLost: (error) => log.event('audit.failed', { error: String(error) }),
  });
}
