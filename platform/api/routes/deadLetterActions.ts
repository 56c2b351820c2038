import { refusals } from '../refusals.ts';
import type { Routes } from '../routes.ts';
import { allLetters, letterParams, purgedSchema, redrivenSchema } from '../schemas/letter.ts';
import { noBody } from '../schemas/noBody.ts';

/** How long to wait for the platform to put a letter back: it is woken, and takes a moment. The wish stays. */
const PATIENCE = { timeoutMs: 5_000 } as const;

const config = { permission: 'fleet:operate' } as const;

export const redriving: Routes = (app, { access }) => {
  app.post(
    '/api/dead-letters/:id/redrive',
    {
      config,
      schema: {
        operationId: 'redriveDeadLetter',
        summary: 'Put a dead letter back in its queue',
        params: letterParams,
        body: noBody,
        response: { 202: redrivenSchema, ...refusals(404, 503) },
      },
    },
    async (request, reply) => {
      const { redriven, pending } = await access.deadLetters.redrive(request.params.id, PATIENCE);
      return reply.code(202).send({ redriven: [...redriven], pending: [...pending] });
    },
  );
  app.post(
    '/api/dead-letters/redrive',
    {
      config,
      schema: {
        operationId: 'redriveDeadLetters',
        summary: 'Put all dead letters of a service back, each group in its order',
        body: allLetters,
        response: { 202: redrivenSchema, ...refusals(404, 413, 415, 503) },
      },
    },
    async (request, reply) => {
      const { service } = request.body;
      const { redriven, pending } = await access.deadLetters.redriveAll(service, PATIENCE);
      return reply.code(202).send({ redriven: [...redriven], pending: [...pending] });
    },
  );
};

export const purging: Routes = (app, { access }) => {
  app.post(
    '/api/dead-letters/:id/purge',
    {
      config,
      schema: {
        operationId: 'purgeDeadLetter',
        summary: 'Delete a dead letter for good',
        params: letterParams,
        body: noBody,
        response: { 202: purgedSchema, ...refusals(404, 409, 503) },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      await access.deadLetters.purge(id);
      return reply.code(202).send({ purged: [id] });
    },
  );
  app.post(
    '/api/dead-letters/purge',
    {
      config,
      schema: {
        operationId: 'purgeDeadLetters',
        summary: 'Delete all dead letters of a service for good',
        body: allLetters,
        response: { 202: purgedSchema, ...refusals(404, 413, 415, 503) },
      },
    },
    async (request, reply) => {
      const purged = await access.deadLetters.purgeAll(request.body.service);
      return reply.code(202).send({ purged: [...purged] });
    },
  );
};
