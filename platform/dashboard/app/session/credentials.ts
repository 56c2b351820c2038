import { signal } from '@preact/signals';

const KEY = 'taskfleet.credentials';

/** What requests are made with: kept for this tab, and gone with it. */
export const credentials = signal<string | undefined>(sessionStorage.getItem(KEY) ?? undefined);

/** Whether the API has asked for credentials, or for better ones. */
export const isSignInNeeded = signal(false);

export function signInWith(token: string): void {
  sessionStorage.setItem(KEY, token);
  credentials.value = token;
  isSignInNeeded.value = false;
}

export function signOut(): void {
  sessionStorage.removeItem(KEY);
  credentials.value = undefined;
  isSignInNeeded.value = true;
}

export function authorization(): Record<string, string> {
  return credentials.value === undefined ? {} : { authorization: `Bearer ${credentials.value}` };
}
