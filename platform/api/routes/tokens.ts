import { toMilliseconds } from '@taskfleet/toolbox/contract';
import { checkDelegation } from '../../identity/index.ts';
import { principalOf } from '../authorize.ts';
import { refusals } from '../refusals.ts';
import type { Routes } from '../routes.ts';
import { newKeySchema, tokenRequestSchema } from '../schemas/identity.ts';

/** Short-lived tokens, as for workers. They are revoked as keys are. */
export const tokens: Routes = (app, { access }) => {
  app.post(
    '/api/tokens',
    {
      config: { permission: 'keys:manage' },
      schema: {
        operationId: 'mintToken',
        summary: 'Make a token that is good for an hour at most',
        body: tokenRequestSchema,
        response: { 201: newKeySchema, ...refusals(422, 503) },
      },
    },
    async (request, reply) => {
      const { name, roles, only, expiresIn } = request.body;
      const giver = principalOf(request);
      checkDelegation(giver, { roles, ...(only && { only }) });
      const asked = { name, roles, only, expiresInMs: toMilliseconds(expiresIn) };
      return reply.code(201).send(await access.keys.mint(asked, giver.name));
    },
  );
};
