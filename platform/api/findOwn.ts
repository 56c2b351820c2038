import { UnknownIdError } from '@taskfleet/toolbox/contract';
import type { Permission, Principal } from '../identity/index.ts';
import type { SeenTask } from '../signals/index.ts';
import type { ApiDeps } from './apiDeps.ts';
import { creatorFor } from './authorize.ts';

/** The task, for who may do this with it. Throws UnknownIdError; also for another's, so that nobody learns which ids there are. */
export async function findOwn(
  { access }: Pick<ApiDeps, 'access'>,
  principal: Principal,
  id: string,
  permission: Permission = 'tasks:read',
): Promise<SeenTask> {
  const record = await access.reader.get(id);
  const creator = creatorFor(principal, permission);
  if (creator !== undefined && record.creator !== creator) throw new UnknownIdError(id);
  return record;
}
