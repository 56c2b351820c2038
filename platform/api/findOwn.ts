import { UnknownIdError } from '@taskfleet/toolbox/contract';
import type { FastifyRequest } from 'fastify';
import { type Permission, reachOf } from '../identity/index.ts';
import type { SeenTask } from '../signals/index.ts';
import type { ApiDeps } from './apiDeps.ts';
import { principalOf } from './authorize.ts';

/** The task, for who may do this with it. Throws UnknownIdError; also for another's, so that nobody learns which ids there are. */
export async function findOwn(
  { access }: Pick<ApiDeps, 'access'>,
  request: FastifyRequest,
  id: string,
  permission: Permission = 'tasks:read',
): Promise<SeenTask> {
  const principal = principalOf(request);
  const record = await access.reader.get(id);
  const isTheirs = record.creator === principal.name;
  if (reachOf(principal, permission) === 'own' && !isTheirs) throw new UnknownIdError(id);
  return record;
}
