import * as oauth from 'oauth4webapi';

/** Who signs people in, by GET /api/sign-in. */
export interface Provider {
  readonly issuer: string;
  readonly clientId: string;
}

interface Pending {
  readonly verifier: string;
  readonly state: string;
  readonly nonce: string;
  readonly returnTo: string;
}

const KEY = 'taskfleet.sign-in';
const REDIRECT = `${location.origin}/sign-in`;

/** Whether this page was opened by the provider, with its answer. */
export function isReturning(): boolean {
  const query = new URLSearchParams(location.search);
  return query.has('code') && sessionStorage.getItem(KEY) !== null;
}

/** Leaves for the provider: code with PKCE, so that nothing secret is in the page. */
export async function startSignIn({ issuer, clientId }: Provider): Promise<void> {
  const { authorization_endpoint: endpoint } = await discover(issuer);
  if (endpoint === undefined) throw new Error(`${issuer} names no authorization endpoint`);
  const pending: Pending = {
    verifier: oauth.generateRandomCodeVerifier(),
    state: oauth.generateRandomState(),
    nonce: oauth.generateRandomNonce(),
    returnTo: location.pathname === '/sign-in' ? '/' : location.pathname + location.search,
  };
  sessionStorage.setItem(KEY, JSON.stringify(pending));
  const url = new URL(endpoint);
  const parameters = {
    client_id: clientId,
    redirect_uri: REDIRECT,
    response_type: 'code',
    scope: 'openid profile email',
    code_challenge: await oauth.calculatePKCECodeChallenge(pending.verifier),
    code_challenge_method: 'S256',
    state: pending.state,
    nonce: pending.nonce,
  };
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  location.assign(url);
}

export interface SignedIn {
  readonly token: string;
  /** The page that one wanted to see. */
  readonly returnTo: string;
}

/** Makes a token of the code in the address. Throws what does not fit. */
export async function finishSignIn({ issuer, clientId }: Provider): Promise<SignedIn> {
  const { verifier, state, nonce, returnTo } = JSON.parse(
    sessionStorage.getItem(KEY) ?? '{}',
  ) as Pending;
  sessionStorage.removeItem(KEY);
  const server = await discover(issuer);
  const client = { client_id: clientId };
  const parameters = oauth.validateAuthResponse(server, client, new URL(location.href), state);
  const response = await oauth.authorizationCodeGrantRequest(
    server,
    client,
    oauth.None(),
    parameters,
    REDIRECT,
    verifier,
    insecureOnLoopback(issuer),
  );
  const tokens = await oauth.processAuthorizationCodeResponse(server, client, response, {
    expectedNonce: nonce,
    requireIdToken: true,
  });
  return { token: tokens.id_token ?? tokens.access_token, returnTo };
}

async function discover(issuer: string): Promise<oauth.AuthorizationServer> {
  const url = new URL(issuer);
  const response = await oauth.discoveryRequest(url, insecureOnLoopback(issuer));
  return oauth.processDiscoveryResponse(url, response);
}

/** A provider on this machine, for trying out, has no certificate. */
function insecureOnLoopback(issuer: string) {
  const { hostname } = new URL(issuer);
  return hostname === 'localhost' || hostname === '127.0.0.1'
    ? { [oauth.allowInsecureRequests]: true }
    : {};
}
