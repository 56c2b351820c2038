import { useEffect, useId, useState } from 'preact/hooks';
import { useAsked } from '../api/useAsked.ts';
import { navigate, query } from '../router.ts';
import { problemOf } from '../api/problem.ts';
import { signInWith } from './credentials.ts';
import { type Provider, finishSignIn, isReturning, startSignIn } from './oidc.ts';

/** Asked for when the API wants to know who one is. What is given stays in this tab. */
export function SignIn() {
  const { data } = useAsked<{ readonly oidc?: Provider }>('/api/sign-in');
  const [problem, setProblem] = useState<string>();
  const known = data?.oidc;
  const fail = (error: unknown) => setProblem(problemOf(error).detail);
  useEffect(() => {
    document.title = 'Sign in · Taskfleet';
    if (!known || !isReturning()) return;
    finishSignIn(known).then(({ token, returnTo }) => {
      signInWith(token);
      navigate(returnTo, 'replace');
    }, fail);
  }, [known?.issuer]);
  return (
    <main class="sign-in">
      <h1>Sign in</h1>
      {known && (
        <button type="button" class="primary" onClick={() => void startSignIn(known).catch(fail)}>
          Sign in with {new URL(known.issuer).host}
        </button>
      )}
      <KeyForm />
      {(problem ?? query.value['error_description']) !== undefined && (
        <p class="field-error" role="alert">
          {problem ?? query.value['error_description']}
        </p>
      )}
    </main>
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
          An administrator makes one with <code>taskfleet keys add</code>. It is forgotten when this
          tab is closed.
        </span>
      </div>
      <button type="submit" disabled={key.trim() === ''}>
        Sign in with the key
      </button>
    </form>
  );
}
