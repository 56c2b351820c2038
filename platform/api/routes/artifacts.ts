import {
  ArtifactNotFoundError,
  type ArtifactRef,
  isArtifactRef,
  type Json,
} from '@taskfleet/toolbox/contract';
import { z } from 'zod';
import { NotAReferenceError } from '../../errors.ts';
import type { Principal } from '../../identity/index.ts';
import type { ApiDeps } from '../apiDeps.ts';
import { creatorFor, principalOf } from '../authorize.ts';
import { RequestError } from '../errors.ts';
import { findOwn } from '../findOwn.ts';
import { refusals } from '../refusals.ts';
import type { Routes } from '../routes.ts';
import { flag } from '../schemas/list.ts';

const artifactParams = z.object({
  '*': z
    .string()
    .max(1_024)
    .describe('A reference, such as `artifact:uploads/photo.jpg`, URL-encoded.'),
});

const artifactQuery = z.strictObject({
  task: z
    .string()
    .max(200)
    .optional()
    .describe(
      'A task that returned the file. Who may read own tasks only has to name one of these.',
    ),
  redirect: flag.optional().describe('`false`: answer with the link instead of going there.'),
});

export const artifacts: Routes = (app, deps) => {
  app.get(
    '/api/artifacts/*',
    {
      config: { permission: 'tasks:read' },
      schema: {
        operationId: 'readArtifact',
        summary: 'Fetch a file, by a link that is good for some minutes',
        params: artifactParams,
        querystring: artifactQuery,
        response: {
          200: z.object({ url: z.string() }),
          302: z.null().describe('The header `Location` has the link.'),
          ...refusals(404, 409, 410, 503),
        },
      },
    },
    async (request, reply) => {
      const { '*': ref } = request.params;
      if (!isArtifactRef(ref)) throw new NotAReferenceError(ref);
      const { task, redirect = true } = request.query;
      await throwUnlessTheirs(deps, principalOf(request), { ref, task });
      const url = await deps.access.linkTo(ref);
      reply.header('cache-control', 'no-store');
      return redirect ? reply.code(302).header('location', url).send(null) : { url };
    },
  );
};

interface Claim {
  readonly ref: ArtifactRef;
  readonly task: string | undefined;
}

/** What a task was given says nothing: anybody may name any file there. */
async function throwUnlessTheirs(
  { access }: Pick<ApiDeps, 'access'>,
  principal: Principal,
  { ref, task }: Claim,
): Promise<void> {
  if (creatorFor(principal, 'tasks:read') === undefined) return;
  if (task === undefined) {
    const message =
      'expected the id of a task of yours that returned the file (taskfleet get: --task <id>)';
    throw new RequestError([{ field: 'query.task', message }]);
  }
  const output = await access.outputOf(await findOwn({ access }, principal, task));
  if (!mentions(output, ref)) throw new ArtifactNotFoundError(ref);
}

function mentions(value: Json | undefined, ref: ArtifactRef): boolean {
  if (typeof value !== 'object' || value === null) return value === ref;
  return Object.values(value).some((part) => mentions(part, ref));
}
