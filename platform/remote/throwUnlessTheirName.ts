import { meSchema } from '../api/routes/me.ts';
import type { ApiClient } from './apiClient.ts';
import { RemoteConfigError } from './errors.ts';

/** The API makes who may schedule own tasks only the creator of each, whatever the request says. Throws RemoteConfigError. */
export async function throwUnlessTheirName(client: ApiClient, creator: string): Promise<void> {
  const request = { path: '/api/me', schema: meSchema, action: 'see who asks' };
  const { name, permissions } = await client.ask(request);
  if (permissions['tasks:schedule'] !== 'own' || name === creator) return;
  throw new RemoteConfigError(`--creator: ${name} schedules in that name only; leave it out`);
}
