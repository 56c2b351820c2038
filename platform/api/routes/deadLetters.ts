import { nearestName } from '@taskfleet/toolbox/contract';
import { z } from 'zod';
import { UnknownServiceError } from '../../errors.ts';
import { type Principal, reachOf } from '../../identity/index.ts';
import type { ApiDeps } from '../apiDeps.ts';
import { principalOf } from '../authorize.ts';
import { refusals } from '../refusals.ts';
import type { Routes } from '../routes.ts';
import { letterParams, letterQuery, letterSchema, lettersSchema } from '../schemas/letter.ts';

const detailSchema = z.object({
  letter: letterSchema,
  body: z
    .string()
    .optional()
    .describe('The beginning of a message that cannot be read, for who may operate the fleet.'),
});

export const deadLetters: Routes = (app, deps) => {
  app.get(
    '/api/dead-letters',
    {
      config: { permission: 'fleet:read' },
      schema: {
        operationId: 'listDeadLetters',
        summary: 'List dead letters, the last to die first',
        querystring: letterQuery,
        response: { 200: lettersSchema, ...refusals(404, 503) },
      },
    },
    async (request) => answerDeadLetters(deps, request.query),
  );
  app.get(
    '/api/dead-letters/:id',
    {
      config: { permission: 'fleet:read' },
      schema: {
        operationId: 'readDeadLetter',
        summary: 'Read a dead letter, also one that has left lately',
        params: letterParams,
        response: { 200: detailSchema, ...refusals(404, 503) },
      },
    },
    async (request) => answerDeadLetter(deps, principalOf(request), request.params.id),
  );
};

export async function answerDeadLetters(
  { access, fleet }: Pick<ApiDeps, 'access' | 'fleet'>,
  query: z.output<typeof letterQuery>,
): Promise<z.input<typeof lettersSchema>> {
  const { service } = query;
  const known = ['platform', ...fleet.workers.map(({ name }) => name)];
  if (service !== undefined && !known.includes(service)) {
    throw new UnknownServiceError(service, nearestName(service, known), known);
  }
  const page = await access.deadLetters.list(query);
  return { ...page, letters: [...page.letters] };
}

async function answerDeadLetter(
  { access }: Pick<ApiDeps, 'access'>,
  principal: Principal,
  id: string,
): Promise<z.input<typeof detailSchema>> {
  const { letter, body } = await access.deadLetters.get(id);
  const mayRead = reachOf(principal, 'fleet:operate') !== undefined;
  return { letter, ...(mayRead && body !== undefined && { body }) };
}
