import { z } from 'zod';
import { principalOf } from '../authorize.ts';
import { refusals } from '../refusals.ts';
import type { Routes } from '../routes.ts';
import { noBody } from '../schemas/noBody.ts';
import { periodicParams, periodicSchema } from '../schemas/periodic.ts';
import { shownPeriodic } from './periodic.ts';

const config = { permission: 'fleet:operate' } as const;

export const pausingPeriodic: Routes = (app, { access, fleet }) => {
  const schema = {
    params: periodicParams,
    body: noBody,
    response: { 200: periodicSchema, ...refusals(404, 503) },
  };
  const pause = { operationId: 'pausePeriodic', summary: 'Have a periodic task fire no more' };
  app.post(
    '/api/periodic/:name/pause',
    { config, schema: { ...schema, ...pause } },
    async (request) => {
      const { name } = request.params;
      return shownPeriodic(await access.periodicOf(fleet).pause(name, principalOf(request).name));
    },
  );
  const resume = { operationId: 'resumePeriodic', summary: 'Have a periodic task fire again' };
  app.post(
    '/api/periodic/:name/resume',
    { config, schema: { ...schema, ...resume } },
    async (request) => shownPeriodic(await access.periodicOf(fleet).resume(request.params.name)),
  );
};

export const runningPeriodic: Routes = (app, { access, fleet }) => {
  app.post(
    '/api/periodic/:name/run',
    {
      config,
      schema: {
        operationId: 'runPeriodic',
        summary: 'Schedule the task of a periodic task now',
        params: periodicParams,
        body: noBody,
        response: { 202: z.object({ id: z.string() }), ...refusals(404, 422, 503) },
      },
    },
    async (request, reply) => {
      const id = await access.periodicOf(fleet).run(request.params.name);
      return reply.code(202).header('location', `/api/tasks/${id}`).send({ id });
    },
  );
};
