import { z } from 'zod';
import { TASK_STATES } from '@taskfleet/toolbox/contract';
import type { Principal } from '../../identity/index.ts';
import type { ApiDeps } from '../apiDeps.ts';
import { creatorFor, principalOf } from '../authorize.ts';
import { findOwn } from '../findOwn.ts';
import { refusals } from '../refusals.ts';
import type { Routes } from '../routes.ts';
import { pageQuery } from '../schemas/list.ts';
import { idParams, shown, taskSchema } from '../schemas/task.ts';

export const familyQuery = pageQuery.extend({
  limit: z.coerce.number().int().min(1).max(500).default(500),
});

export const familySchema = z
  .object({
    root: z.string(),
    state: z.enum(TASK_STATES).describe('Of all its tasks together.'),
    counts: z.partialRecord(z.enum(TASK_STATES), z.int()),
    tasks: z.array(taskSchema).describe('Oldest first; `parent` says the tree.'),
    cursor: z.string().optional(),
  })
  .meta({ id: 'Family' });

export const families: Routes = (app, deps) => {
  app.get(
    '/api/families/:id',
    {
      config: { permission: 'tasks:read' },
      schema: {
        operationId: 'readFamily',
        summary: 'Read all tasks with one root, by the id of any of them',
        params: idParams,
        querystring: familyQuery,
        response: { 200: familySchema, ...refusals(404, 503) },
      },
    },
    async (request) =>
      answerFamily(deps, principalOf(request), { ...request.params, ...request.query }),
  );
};

export async function answerFamily(
  { access }: Pick<ApiDeps, 'access'>,
  principal: Principal,
  { id: asked, limit, cursor }: z.output<typeof idParams> & z.output<typeof familyQuery>,
): Promise<z.input<typeof familySchema>> {
  const { id, root = id, state: own } = await findOwn({ access }, principal, asked);
  const creator = creatorFor(principal, 'tasks:read');
  const { state = own, ...page } = await access.reader.family({ id, creator, limit, cursor });
  return { ...page, root, state, tasks: page.tasks.map(shown) };
}
