import { findTask, isTaskId, UnknownIdError } from '@taskfleet/toolbox/contract';
import { z } from 'zod';
import type { Principal } from '../../identity/index.ts';
import type { ApiDeps } from '../apiDeps.ts';
import { creatorFor, principalOf } from '../authorize.ts';
import { findOwn } from '../findOwn.ts';
import { refusals } from '../refusals.ts';
import type { Routes } from '../routes.ts';
import { json } from '../schemas/json.ts';
import { taskQuery } from '../schemas/list.ts';
import { callOptions, optionsSchema } from '../schemas/options.ts';
import { idParams, shown, type ShownTask, taskSchema } from '../schemas/task.ts';

const scheduleSchema = z
  .strictObject({
    task: z.string().describe('The name of a task of the fleet, such as `export.project`.'),
    input: json.describe("What the task's schema wants; GET /api/contracts has it."),
    options: optionsSchema.optional(),
  })
  .meta({ id: 'ScheduleRequest' });

const acceptedSchema = z.object({ id: z.string(), task: z.string() }).meta({ id: 'Accepted' });

export const pageSchema = z
  .object({ tasks: z.array(taskSchema), cursor: z.string().optional() })
  .meta({ id: 'TaskPage' });

export const scheduling: Routes = (app, deps) => {
  app.post(
    '/api/tasks',
    {
      config: { permission: 'tasks:schedule' },
      schema: {
        operationId: 'scheduleTask',
        summary: 'Schedule a task',
        body: scheduleSchema,
        response: { 202: acceptedSchema, ...refusals(413, 415, 422, 503) },
      },
    },
    async (request, reply) => {
      const { task, input, options } = request.body;
      const principal = principalOf(request);
      const creator = creatorFor(principal, 'tasks:schedule');
      const given = callOptions(options, { creator, fallback: principal.name });
      const { id } = await deps.access.schedule(findTask(deps.fleet, task), input, given);
      return reply.code(202).header('location', `/api/tasks/${id}`).send({ id, task });
    },
  );
};

export const tasks: Routes = (app, deps) => {
  app.get(
    '/api/tasks',
    {
      config: { permission: 'tasks:read' },
      schema: {
        operationId: 'listTasks',
        summary: 'List tasks, newest first',
        querystring: taskQuery,
        response: { 200: pageSchema, ...refusals(404, 503) },
      },
    },
    async (request) => answerTasks(deps, principalOf(request), request.query),
  );
  app.get(
    '/api/tasks/:id',
    {
      config: { permission: 'tasks:read' },
      schema: {
        operationId: 'readTask',
        summary: 'Read a task',
        params: idParams,
        response: { 200: taskSchema, ...refusals(404, 503) },
      },
    },
    async (request) => answerTask(deps, principalOf(request), request.params),
  );
};

/** A page of the tasks that the principal may see. */
export async function answerTasks(
  { access }: Pick<ApiDeps, 'access'>,
  principal: Principal,
  { family, ...query }: z.output<typeof taskQuery>,
): Promise<z.input<typeof pageSchema>> {
  if (family !== undefined && !isTaskId(family)) throw new UnknownIdError(family);
  if (family !== undefined) await findOwn({ access }, principal, family);
  const creator = creatorFor(principal, 'tasks:read') ?? query.creator;
  const page = await access.reader.list({ ...query, family, creator });
  return { ...page, tasks: page.tasks.map(shown) };
}

export async function answerTask(
  deps: Pick<ApiDeps, 'access'>,
  principal: Principal,
  { id }: z.output<typeof idParams>,
): Promise<ShownTask> {
  return shown(await findOwn(deps, principal, id));
}
