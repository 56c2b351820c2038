import { EmbeddedSubject } from './pages/EmbeddedSubject.tsx';
import { pageAt } from './pages.tsx';
import { path } from './router.ts';
import { isSignInNeeded } from './session/credentials.ts';
import { SIGN_IN_PATH } from './session/oidc.ts';
import { SignIn } from './session/SignIn.tsx';
import { Notices } from './ui/Notices.tsx';
import { Shell } from './ui/Shell.tsx';

export function App() {
  if (isSignInNeeded.value || path.value === SIGN_IN_PATH) {
    return <SignIn />;
  }
  if (path.value === '/embed/subject') {
    return (
      <>
        <EmbeddedSubject />
        <Notices />
      </>
    );
  }
  return (
    <>
      <Shell>{pageAt(path.value)}</Shell>
      <Notices />
    </>
  );
}
