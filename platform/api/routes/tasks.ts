import { findTask, TASK_STATES } from '@taskfleet/toolbox/contract';
import { z } from 'zod';
import { reachOf } from '../../identity/index.ts';
import type { ApiDeps } from '../apiDeps.ts';
import { principalOf } from '../authorize.ts';
import { refusals } from '../refusals.ts';
import type { Routes } from '../routes.ts';
import { optionsSchema } from '../schemas/options.ts';
import { idParams, shown, taskSchema } from '../schemas/task.ts';
import { findOwn } from '../findOwn.ts';

const scheduleSchema = z
  .strictObject({
    task: z.string().describe('The name of a task of the fleet, such as `export.project`.'),
    input: z.json().describe("What the task's schema wants; GET /api/tasks/schemas has it."),
    options: optionsSchema.optional(),
  })
  .meta({ id: 'ScheduleRequest' });

const acceptedSchema = z.object({ id: z.string(), task: z.string() }).meta({ id: 'Accepted' });

const listQuery = z.strictObject({
  state: z.enum(TASK_STATES).optional(),
  worker: z.string().optional(),
  task: z.string().optional(),
  subject: z.string().optional(),
  cursor: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(500).default(50),
});

const pageSchema = z
  .object({ tasks: z.array(taskSchema), cursor: z.string().optional() })
  .meta({ id: 'TaskPage' });

export const tasks: Routes = (app, deps) => {
  app.post(
    '/api/tasks',
    {
      config: { permission: 'tasks:schedule' },
      schema: {
        summary: 'Schedule a task',
        body: scheduleSchema,
        response: { 202: acceptedSchema, ...refusals(400, 403, 413, 422, 503) },
      },
    },
    async (request, reply) => {
      const { task: name, input, options } = request.body;
      const accepted = await schedule(deps, request, { name, input, options });
      return reply.code(202).header('location', `/api/tasks/${accepted.id}`).send(accepted);
    },
  );
  app.get(
    '/api/tasks',
    {
      config: { permission: 'tasks:read' },
      schema: {
        summary: 'List tasks, newest first',
        querystring: listQuery,
        response: { 200: pageSchema, ...refusals(400, 503) },
      },
    },
    async (request) => {
      const { tasks: found, cursor } = await deps.access.reader.list(request.query);
      return { tasks: found.map(shown), ...(cursor !== undefined && { cursor }) };
    },
  );
  app.get(
    '/api/tasks/:id',
    {
      config: { permission: 'tasks:read' },
      schema: {
        summary: 'Read a task',
        params: idParams,
        response: { 200: taskSchema, ...refusals(404, 503) },
      },
    },
    async (request) => shown(await findOwn(deps, request, request.params.id)),
  );
};

interface Asked {
  readonly name: string;
  readonly input: unknown;
  readonly options: z.output<typeof optionsSchema> | undefined;
}

async function schedule(
  { fleet, access }: ApiDeps,
  request: Parameters<typeof principalOf>[0],
  { name, input, options = {} }: Asked,
) {
  const principal = principalOf(request);
  const task = findTask(fleet, name);
  const seesAll = reachOf(principal, 'tasks:schedule') === 'all';
  const creator = (seesAll ? options.creator : undefined) ?? principal.name;
  const given = Object.fromEntries(
    Object.entries({ ...options, creator }).filter(([, value]) => value !== undefined),
  );
  const { id } = await access.schedule(task, input, given);
  return { id, task: name };
}
