import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { OidcConfig, Role } from '@taskfleet/platform/identity';
import { exportJWK, generateKeyPair } from 'jose';
import { type Configuration, interactionPolicy, Provider } from 'oidc-provider';

const CLIENT_ID = 'dashboard';

/** Users by the names that they sign in with, and their roles. */
export type Users = Readonly<Record<string, readonly Role[]>>;

/** A provider of OpenID Connect on the loopback interface, which asks for a name and takes everybody's word for it. */
export async function startProvider(users: Users) {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const provider = new Provider(issuer, await configuration(users));
  const answer = provider.callback();
  const requests: string[] = [];
  let answers = true;
  server.on('request', (request, response) => {
    requests.push(`${request.method} ${new URL(request.url ?? '', issuer).pathname}`);
    if (!answers) request.socket.destroy();
    else if (request.url?.startsWith('/login/')) void logIn(provider, request, response);
    else void answer(request, response);
  });
  return {
    /** What a platform is to be told of it. */
    oidc: {
      issuer,
      audience: CLIENT_ID,
      rolesClaim: 'roles',
      nameClaim: 'sub',
      clientId: CLIENT_ID,
    } satisfies OidcConfig,
    /** Method and path of what it was asked for. */
    requests,
    /** Whether it answers at all. */
    setAnswers: (value: boolean) => {
      answers = value;
    },
    stop: async () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

async function configuration(users: Users) {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  const key = { ...(await exportJWK(privateKey)), alg: 'RS256', use: 'sig' };
  return {
    jwks: { keys: [key] },
    ttl: { Interaction: 600, Grant: 600, Session: 600, AccessToken: 600, IdToken: 600 },
    cookies: { keys: ['of a test'] },
    clients: [
      {
        client_id: CLIENT_ID,
        // Loopback addresses of such a client may have any port.
        application_type: 'native',
        redirect_uris: ['http://127.0.0.1/sign-in'],
        token_endpoint_auth_method: 'none',
      },
    ],
    clientBasedCORS: () => true,
    claims: { openid: ['sub'], profile: ['roles'], email: [] },
    conformIdTokenClaims: false,
    features: { devInteractions: { enabled: false } },
    interactions: { policy: withoutConsent(), url: (_context, { uid }) => `/login/${uid}` },
    findAccount: (_context, sub) => ({
      accountId: sub,
      claims: () => ({ sub, roles: users[sub] ?? [] }),
    }),
    loadExistingGrant: async ({ oidc }) => {
      const grant = new oidc.provider.Grant({
        accountId: oidc.session?.accountId,
        clientId: oidc.client?.clientId,
      });
      grant.addOIDCScope('openid profile email');
      await grant.save();
      return grant;
    },
  } satisfies Configuration;
}

/** A native client is asked for it every time. */
function withoutConsent() {
  const policy = interactionPolicy.base();
  policy.remove('consent');
  return policy;
}

/** Its own pages: a form, and what the form leads to. */
async function logIn(provider: Provider, request: IncomingMessage, response: ServerResponse) {
  if (request.method === 'GET') {
    response.setHeader('content-type', 'text/html');
    response.end(
      '<form method="post"><input name="name" aria-label="Name"><button name="act" value="go">Continue</button><button name="act" value="stop">Cancel</button></form>',
    );
    return;
  }
  const given = new URLSearchParams(await text(request));
  const result =
    given.get('act') === 'stop'
      ? { error: 'access_denied', error_description: 'nobody was signed in' }
      : { login: { accountId: given.get('name') ?? '' } };
  await provider.interactionFinished(request, response, result);
}
