import { z } from 'zod';
import type { PeriodicView } from '../../periodic/index.ts';
import type { ApiDeps } from '../apiDeps.ts';
import { principalOf } from '../authorize.ts';
import { refusals } from '../refusals.ts';
import type { Routes } from '../routes.ts';
import {
  newPeriodic,
  newPeriodicSchema,
  periodicParams,
  periodicSchema,
} from '../schemas/periodic.ts';

export const periodicListSchema = z
  .object({ periodic: z.array(periodicSchema) })
  .meta({ id: 'PeriodicTasks' });

export const periodic: Routes = (app, deps) => {
  app.get(
    '/api/periodic',
    {
      config: { permission: 'fleet:read' },
      schema: {
        operationId: 'listPeriodic',
        summary: 'List periodic tasks by their names',
        response: { 200: periodicListSchema, ...refusals(503) },
      },
    },
    async () => answerPeriodic(deps),
  );
  app.get(
    '/api/periodic/:name',
    {
      config: { permission: 'fleet:read' },
      schema: {
        operationId: 'readPeriodic',
        summary: 'Read a periodic task',
        params: periodicParams,
        response: { 200: periodicSchema, ...refusals(404, 503) },
      },
    },
    async (request) =>
      shownPeriodic(await deps.access.periodicOf(deps.fleet).get(request.params.name)),
  );
};

export const changingPeriodic: Routes = (app, deps) => {
  const { access, fleet } = deps;
  app.post(
    '/api/periodic',
    {
      config: { permission: 'fleet:operate' },
      schema: {
        operationId: 'addPeriodic',
        summary: 'Schedule a task again and again, by the calendar or at equal distances',
        body: newPeriodicSchema,
        response: { 201: periodicSchema, ...refusals(409, 413, 415, 422, 503) },
      },
    },
    async (request, reply) => {
      const asked = newPeriodic(fleet, request.body, principalOf(request).name);
      const added = await access.periodicOf(fleet).add(asked);
      const location = `/api/periodic/${added.name}`;
      return reply.code(201).header('location', location).send(shownPeriodic(added));
    },
  );
  app.delete(
    '/api/periodic/:name',
    {
      config: { permission: 'fleet:operate' },
      schema: {
        operationId: 'removePeriodic',
        summary: 'Remove a periodic task that was added while the fleet runs',
        params: periodicParams,
        response: { 204: z.null(), ...refusals(404, 409, 503) },
      },
    },
    async (request, reply) => {
      await access.periodicOf(fleet).remove(request.params.name);
      return reply.code(204).send(null);
    },
  );
};

export async function answerPeriodic({
  access,
  fleet,
}: Pick<ApiDeps, 'access' | 'fleet'>): Promise<z.input<typeof periodicListSchema>> {
  const views = await access.periodicOf(fleet).list();
  return { periodic: views.map(shownPeriodic) };
}

export function shownPeriodic({ next, ...view }: PeriodicView): z.input<typeof periodicSchema> {
  return { ...view, next: [...next] };
}
