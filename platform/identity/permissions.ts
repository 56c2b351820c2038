/** What somebody may do through the API. `own` tasks are those whose creator one is. */
export const PERMISSIONS = [
  'tasks:read',
  'tasks:schedule',
  /** Cancel, retry, reschedule. */
  'tasks:change',
  /** Workers, queues, periodic tasks, statistics. */
  'fleet:read',
  /** Pause, resize and stop workers; redrive and purge; pause and run periodic tasks. */
  'fleet:operate',
  'audit:read',
  /** API keys and tokens. */
  'keys:manage',
] as const;

export type Permission = (typeof PERMISSIONS)[number];

export const ROLES = ['viewer', 'scheduler', 'operator', 'admin'] as const;

export type Role = (typeof ROLES)[number];

/** Which tasks a permission is for; fleet-wide ones are always for all. */
export type Reach = 'own' | 'all';

type Grants = Partial<Record<Permission, Reach>>;

const viewer = { 'tasks:read': 'all', 'fleet:read': 'all' } as const satisfies Grants;

const operator = {
  ...viewer,
  'tasks:schedule': 'all',
  'tasks:change': 'all',
  'fleet:operate': 'all',
  'audit:read': 'all',
} as const satisfies Grants;

/** What each role may. Whoever has several may what any of them may. */
export const GRANTS: Readonly<Record<Role, Grants>> = {
  viewer,
  scheduler: { 'tasks:read': 'own', 'tasks:schedule': 'own', 'tasks:change': 'own' },
  operator,
  admin: { ...operator, 'keys:manage': 'all' },
};
