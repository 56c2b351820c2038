import { useEffect, useId, useState } from 'preact/hooks';
import { useAsked } from '../api/useAsked.ts';
import { navigate, path } from '../router.ts';
import { askToSignIn, signInProblem, signInWith } from './credentials.ts';
import { finishSignIn, type Provider, SIGN_IN_PATH, startSignIn } from './oidc.ts';
import type { SignInError } from './SignInError.ts';

/** Asked for when the API wants to know who one is. What is given stays in this tab. */
export function SignIn() {
  const { data, problem } = useAsked<{ readonly oidc?: Provider }>('/api/sign-in');
  const provider = data?.oidc;
  const isReturning = path.value === SIGN_IN_PATH;
  useEffect(() => {
    document.title = 'Sign in · Taskfleet';
    if (isReturning && data) void goOn(provider);
  }, [isReturning, data]);
  const told = problem?.detail ?? signInProblem.value;
  return (
    <main class="sign-in">
      <h1>Sign in</h1>
      {isReturning ? (
        <p role="status">Signing in …</p>
      ) : (
        <>
          {provider && <ProviderButton provider={provider} />}
          <KeyForm />
        </>
      )}
      {told !== undefined && (
        <p class="field-error" role="alert">
          {told}
        </p>
      )}
    </main>
  );
}

/** From the page that a provider sends people back to, to that which they wanted to see. */
async function goOn(provider: Provider | undefined): Promise<void> {
  const { returnTo, token, problem } = await finishSignIn(provider);
  if (token !== undefined) signInWith(token);
  if (problem !== undefined) askToSignIn(problem);
  navigate(returnTo, 'replace');
}

function ProviderButton({ provider }: { readonly provider: Provider }) {
  const start = () =>
    void startSignIn(provider).catch((error: SignInError) => askToSignIn(error.message));
  return (
    <button type="button" class="primary" onClick={start}>
      Sign in with {new URL(provider.issuer).host}
    </button>
  );
}

function KeyForm() {
  const [key, setKey] = useState('');
  const id = useId();
  return (
    <form
      class="form"
      onSubmit={(event) => {
        event.preventDefault();
        signInWith(key.trim());
      }}
    >
      <div class="field">
        <label for={id}>API key</label>
        <input
          id={id}
          type="password"
          autocomplete="off"
          value={key}
          onInput={({ currentTarget }) => setKey(currentTarget.value)}
        />
        <span class="field-note">
          An administrator makes one. It is forgotten when this tab is closed.
        </span>
      </div>
      <button type="submit" disabled={key.trim() === ''}>
        Sign in with the key
      </button>
    </form>
  );
}
