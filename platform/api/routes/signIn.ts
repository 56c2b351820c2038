import type { OidcConfig } from '../../identity/index.ts';
import type { Routes } from '../routes.ts';
import { signInSchema } from '../schemas/identity.ts';

/** What a dashboard has to know before anybody is signed in. Nothing of it is secret. */
export const signIn: Routes = (app, { identity }) => {
  const oidc = identity.kind === 'credentials' ? identity.oidc : undefined;
  const answer = { credentials: identity.kind === 'credentials', ...(oidc && providerOf(oidc)) };
  app.get(
    '/api/sign-in',
    {
      config: { permission: 'none' },
      schema: {
        operationId: 'showSignIn',
        summary: 'How one signs in here',
        response: { 200: signInSchema },
      },
    },
    async () => answer,
  );
};

/** Who signs people in, where there is a client to do it with. */
function providerOf({ issuer, clientId, audience }: OidcConfig) {
  return clientId === undefined ? {} : { oidc: { issuer, clientId, audience } };
}
