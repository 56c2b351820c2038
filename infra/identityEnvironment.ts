import type { PublicAccess } from './publicAccess.ts';

/** What a public platform reads of who may use it, and whose pages may show its own; nothing of it is secret. Pure. */
export function identityEnvironment(access: PublicAccess | undefined): Record<string, string> {
  if (!access) return {};
  const { address, audience, rolesClaim, nameClaim, clientId } = access.issuer ?? {};
  const given = {
    TASKFLEET_API_KEYS: 'on',
    TASKFLEET_OIDC_ISSUER: address,
    TASKFLEET_OIDC_AUDIENCE: audience,
    TASKFLEET_OIDC_ROLES_CLAIM: rolesClaim,
    TASKFLEET_OIDC_NAME_CLAIM: nameClaim,
    TASKFLEET_OIDC_CLIENT_ID: clientId,
    TASKFLEET_EMBEDDERS: access.embedders,
  };
  return Object.fromEntries(
    Object.entries(given).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}
