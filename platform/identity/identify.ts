import type { Principal } from './principal.ts';

/**
 * Finds out who a request is from, by its `Authorization` header. Resolves to undefined for nobody that is known. Throws
 * CredentialsError for credentials that are no good, and for what it cannot ask about at present FleetUnreachableError.
 */
export type Identify = (authorization: string | undefined) => Promise<Principal | undefined>;

const LOCAL: Principal = Object.freeze({ name: 'local', kind: 'local', roles: ['admin'] as const });

/** On a laptop everybody who can reach the loopback interface is its owner. */
export const identifyLocal: Identify = async () => LOCAL;
