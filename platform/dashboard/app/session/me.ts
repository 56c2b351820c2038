import { effect, signal } from '@preact/signals';
import type { Permission, Reach } from '../../../identity/index.ts';
import { request } from '../api/request.ts';
import { credentials } from './credentials.ts';

export interface Me {
  readonly name: string;
  readonly kind: string;
  readonly permissions: Readonly<Partial<Record<Permission, Reach>>>;
  readonly stage?: string;
  readonly isLocal?: boolean;
  readonly hasDemo?: boolean;
}

/** Who is signed in; undefined until the API has said it. */
export const me = signal<Me | undefined>(undefined);

effect(() => {
  const asked = credentials.value;
  request<Me>('GET', '/api/me').then(
    (answer) => {
      if (credentials.value === asked) me.value = answer;
    },
    () => {
      me.value = undefined;
    },
  );
});

/** Whether to show what takes this permission. The API decides; until it has said anything, everything is shown. */
export function may(permission: Permission): boolean {
  return me.value === undefined || me.value.permissions[permission] !== undefined;
}
