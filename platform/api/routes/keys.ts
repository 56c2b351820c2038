import { toMilliseconds } from '@taskfleet/toolbox/contract';
import { z } from 'zod';
import { checkDelegation } from '../../identity/index.ts';
import { principalOf } from '../authorize.ts';
import { refusals } from '../refusals.ts';
import type { Routes } from '../routes.ts';
import { keyRequestSchema, keySchema, newKeySchema } from '../schemas/identity.ts';

const config = { permission: 'keys:manage' } as const;

/** API keys. Nobody gives more than they have. */
export const keys: Routes = (app, { access }) => {
  app.get(
    '/api/keys',
    {
      config,
      schema: {
        operationId: 'listKeys',
        summary: 'List API keys, the newest first',
        response: { 200: z.object({ keys: z.array(keySchema) }), ...refusals(503) },
      },
    },
    async () => ({ keys: [...(await access.keys.list())] }),
  );
  app.post(
    '/api/keys',
    {
      config,
      schema: {
        operationId: 'createKey',
        summary: 'Make an API key, which is shown once',
        body: keyRequestSchema,
        response: { 201: newKeySchema, ...refusals(422, 503) },
      },
    },
    async (request, reply) => {
      const { name, roles, expiresIn } = request.body;
      const giver = principalOf(request);
      checkDelegation(giver, { roles });
      const expiresInMs = expiresIn === undefined ? undefined : toMilliseconds(expiresIn);
      const made = await access.keys.create({ name, roles, expiresInMs }, giver.name);
      return reply.code(201).send(made);
    },
  );
  app.delete(
    '/api/keys/:id',
    {
      config,
      schema: {
        operationId: 'revokeKey',
        summary: 'Revoke an API key or a token',
        params: z.object({ id: z.string() }),
        response: { 204: z.undefined(), ...refusals(404, 503) },
      },
    },
    async (request, reply) => {
      await access.keys.revoke(request.params.id);
      return reply.code(204).send();
    },
  );
};
