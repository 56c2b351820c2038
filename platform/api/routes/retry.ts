import { z } from 'zod';
import { creatorFor, permit, principalOf } from '../authorize.ts';
import { findOwn } from '../findOwn.ts';
import { refusals } from '../refusals.ts';
import type { Routes } from '../routes.ts';
import { json } from '../schemas/json.ts';
import { callOptions, optionsSchema } from '../schemas/options.ts';
import { idParams } from '../schemas/task.ts';

const retrySchema = z
  .strictObject({
    input: json.optional().describe('Default: what the task had, unless that has secrets.'),
    options: optionsSchema.optional(),
  })
  .nullish();

const retriedSchema = z.object({ id: z.string(), task: z.string(), origin: z.string() });

export const retry: Routes = (app, deps) => {
  app.post(
    '/api/tasks/:id/retry',
    {
      config: { permission: 'tasks:change' },
      schema: {
        operationId: 'retryTask',
        summary: 'Run a task again that has ended, as a new one',
        params: idParams,
        body: retrySchema,
        response: { 202: retriedSchema, ...refusals(404, 409, 422, 503) },
      },
    },
    async (request, reply) => {
      const principal = principalOf(request);
      permit(principal, 'tasks:schedule');
      const record = await findOwn(deps, principal, request.params.id, 'tasks:change');
      const { input, options } = request.body ?? {};
      const given = callOptions(options, { creator: creatorFor(principal, 'tasks:schedule') });
      const id = await deps.access.retry(deps.fleet, record, { input, options: given });
      const retried = { id, task: record.task ?? '', origin: record.id };
      return reply.code(202).header('location', `/api/tasks/${id}`).send(retried);
    },
  );
};
