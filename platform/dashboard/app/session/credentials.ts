import { signal } from '@preact/signals';

const KEY = 'taskfleet.credentials';

/** What requests are made with: kept for this tab, and gone with it. */
export const credentials = signal<string | undefined>(
  givenToken() ?? sessionStorage.getItem(KEY) ?? undefined,
);

/** Whether the API has asked for credentials, or for better ones. */
export const isSignInNeeded = signal(false);

/** Why one is not signed in any more, or could not be. */
export const signInProblem = signal<string | undefined>(undefined);

addEventListener('hashchange', () => {
  credentials.value = givenToken() ?? credentials.value;
  isSignInNeeded.value = false;
});

/** A page of another application says in the fragment, which reaches no server, with which token its panel asks. It is kept nowhere. */
function givenToken(): string | undefined {
  if (!location.pathname.startsWith('/embed/')) return undefined;
  return new URLSearchParams(location.hash.slice(1)).get('token') ?? undefined;
}

export function signInWith(token: string): void {
  sessionStorage.setItem(KEY, token);
  signInProblem.value = undefined;
  credentials.value = token;
  isSignInNeeded.value = false;
}

/** What was shown is no good. A reason that was told before stays until somebody signs in. */
export function askToSignIn(because?: string): void {
  sessionStorage.removeItem(KEY);
  signInProblem.value = because ?? signInProblem.value;
  credentials.value = undefined;
  isSignInNeeded.value = true;
}

export function signOut(): void {
  askToSignIn();
  signInProblem.value = undefined;
}

export function authorization(): Record<string, string> {
  return credentials.value === undefined ? {} : { authorization: `Bearer ${credentials.value}` };
}
