export { createIdentify, type CreateIdentifyOptions } from './createIdentify.ts';
export { checkDelegation } from './delegation.ts';
export { CredentialsError } from './errors.ts';
export { type Identify, identifyLocal } from './identify.ts';
export { KEY_REMEMBERED_MS } from './identifyKey.ts';
export {
  type IdentityConfig,
  identityConfig,
  identitySettings,
  issuerWithAudience,
  LOOPBACK,
  type OidcConfig,
  wantsCredentials,
} from './identityConfig.ts';
export type { KeyView } from './keyEntry.ts';
export {
  createKeys,
  type KeyRequest,
  type Keys,
  LONGEST_TOKEN_MS,
  type NewKey,
  type TokenRequest,
} from './keys.ts';
export {
  GRANTS,
  type Permission,
  PERMISSIONS,
  type Reach,
  type Role,
  ROLES,
} from './permissions.ts';
export { type Principal, reachOf } from './principal.ts';
