import { z } from 'zod';
import { principalOf } from '../authorize.ts';
import { findOwn } from '../findOwn.ts';
import { refusals } from '../refusals.ts';
import type { Routes } from '../routes.ts';
import { whenSchema } from '../schemas/options.ts';
import { idParams, instant } from '../schemas/task.ts';

export const reschedule: Routes = (app, deps) => {
  app.post(
    '/api/tasks/:id/reschedule',
    {
      config: { permission: 'tasks:change' },
      schema: {
        operationId: 'rescheduleTask',
        summary: 'Give a task that waits for its time another one',
        params: idParams,
        body: whenSchema,
        response: { 200: z.object({ dueAt: instant }), ...refusals(404, 409, 422, 503) },
      },
    },
    async (request) => {
      const { id } = await findOwn(deps, principalOf(request), request.params.id, 'tasks:change');
      const { delay, eta } = request.body;
      return {
        dueAt: await deps.access.reschedule(id, { ...(delay && { delay }), ...(eta && { eta }) }),
      };
    },
  );
};
