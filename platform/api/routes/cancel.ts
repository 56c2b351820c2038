import { isFlowId } from '@taskfleet/toolbox/contract';
import { z } from 'zod';
import { principalOf } from '../authorize.ts';
import { findOwn } from '../findOwn.ts';
import { refusals } from '../refusals.ts';
import type { Routes } from '../routes.ts';
import { noBody } from '../schemas/noBody.ts';
import { idParams } from '../schemas/task.ts';

const cancelledSchema = z.object({
  became: z
    .enum(['cancelled', 'asked'])
    .describe('`asked`: it runs, and is told to stop; `cancelled`: it never begins.'),
});

export const cancel: Routes = (app, deps) => {
  app.post(
    '/api/tasks/:id/cancel',
    {
      config: { permission: 'tasks:change' },
      schema: {
        operationId: 'cancelTask',
        summary: 'Cancel a task, or a flow with all that it led to',
        params: idParams,
        body: noBody,
        response: { 202: cancelledSchema, ...refusals(404, 409, 503) },
      },
    },
    async (request, reply) => {
      const principal = principalOf(request);
      const { id } = await findOwn(deps, principal, request.params.id, 'tasks:change');
      const became = isFlowId(id)
        ? await deps.access
            .cancelFlow(deps.fleet, id, principal.name)
            .then(() => 'cancelled' as const)
        : await deps.access.cancel(deps.fleet, id, principal.name);
      return reply.code(202).send({ became });
    },
  );
};

export const cancelFamily: Routes = (app, deps) => {
  app.post(
    '/api/tasks/:id/family/cancel',
    {
      config: { permission: 'tasks:change' },
      schema: {
        operationId: 'cancelFamily',
        summary: 'Cancel all tasks with one root; of a flow, all that it led to',
        params: idParams,
        body: noBody,
        response: { 202: z.object({ ids: z.array(z.string()) }), ...refusals(404, 409, 503) },
      },
    },
    async (request, reply) => {
      const principal = principalOf(request);
      const { id, root = id } = await findOwn(deps, principal, request.params.id, 'tasks:change');
      if (isFlowId(id)) {
        const ids = await deps.access.cancelFlow(deps.fleet, id, principal.name);
        return reply.code(202).send({ ids: [...ids] });
      }
      // Whoever may change own tasks only does not end the family of another's.
      if (root !== id) await findOwn(deps, principal, root, 'tasks:change');
      const ids = await deps.access.cancelFamily(deps.fleet, id, principal.name);
      return reply.code(202).send({ ids: [...ids] });
    },
  );
};
