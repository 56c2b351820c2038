import { GRANTS, type Permission, type Reach, type Role } from './permissions.ts';

/** Who asks. */
export interface Principal {
  /** Shown in records and in the audit, and compared with a task's creator; unique within the stage. At most 256 characters. */
  readonly name: string;
  readonly kind: 'local' | 'key' | 'user' | 'token';
  readonly roles: readonly Role[];
  /** Of a token that is for less than its roles may: these only. */
  readonly only?: readonly Permission[];
}

/** Which tasks the principal may do this with; undefined for none. Pure. */
export function reachOf({ roles, only }: Principal, permission: Permission): Reach | undefined {
  if (only && !only.includes(permission)) return undefined;
  const reaches = new Set(roles.map((role) => GRANTS[role][permission]));
  if (reaches.has('all')) return 'all';
  return reaches.has('own') ? 'own' : undefined;
}
