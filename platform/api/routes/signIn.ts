import type { Routes } from '../routes.ts';
import { signInSchema } from '../schemas/identity.ts';

/** What a dashboard has to know before anybody is signed in. Nothing of it is secret. */
export const signIn: Routes = (app, { identity }) => {
  const oidc = identity.kind === 'credentials' ? identity.oidc : undefined;
  const { issuer, clientId } = oidc ?? {};
  const answer = {
    credentials: identity.kind === 'credentials',
    ...(issuer !== undefined && clientId !== undefined && { oidc: { issuer, clientId } }),
  };
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
