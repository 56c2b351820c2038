import type { Role } from '@taskfleet/platform/identity';
import { type ApiUnderTestOptions, startApiUnderTest } from './startApiUnderTest.ts';

/** An API that wants credentials, and ways to get some. */
export async function startGuardedApi(options: ApiUnderTestOptions = {}) {
  const api = await startApiUnderTest({ identity: { kind: 'credentials' }, ...options });
  const keyOf = async (name: string, ...roles: Role[]) =>
    api.access.keys.create({ name, roles }, 'test');
  return {
    ...api,
    keyOf,
    /** A header with a new key. */
    as: async (name: string, ...roles: Role[]) => bearer((await keyOf(name, ...roles)).key),
  };
}

export type GuardedApi = Awaited<ReturnType<typeof startGuardedApi>>;

export function bearer(credential: string): { readonly authorization: string } {
  return { authorization: `Bearer ${credential}` };
}
