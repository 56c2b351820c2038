import { DelegationError } from './errors.ts';
import { PERMISSIONS } from './permissions.ts';
import { type Principal, reachOf } from './principal.ts';

/** Whoever gives a key or a token gives no more than they have themselves. Throws DelegationError. */
export function checkDelegation(giver: Principal, given: Pick<Principal, 'roles' | 'only'>): void {
  const taker: Principal = { name: '', kind: 'key', ...given };
  for (const permission of PERMISSIONS) {
    const wanted = reachOf(taker, permission);
    const own = reachOf(giver, permission);
    if (wanted !== undefined && wanted !== own && own !== 'all') {
      throw new DelegationError(giver.name, permission);
    }
  }
}
