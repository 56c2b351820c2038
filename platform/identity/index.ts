export { type Identify, identifyLocal } from './identify.ts';
export {
  GRANTS,
  type Permission,
  PERMISSIONS,
  type Reach,
  type Role,
  ROLES,
} from './permissions.ts';
export { type Principal, reachOf } from './principal.ts';
