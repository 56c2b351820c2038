import * as oauth from 'oauth4webapi';
import { SignInError, withReason } from './SignInError.ts';

/** Who signs people in, by GET /api/sign-in. */
export interface Provider {
  readonly issuer: string;
  readonly clientId: string;
  /** Of the tokens that this stage takes. */
  readonly audience: string;
}

/** Where the provider sends people back to, with its answer in the query. */
export const SIGN_IN_PATH = '/sign-in';

interface Pending {
  readonly verifier: string;
  readonly state: string;
  readonly nonce: string;
  readonly returnTo: string;
}

const KEY = 'taskfleet.sign-in';
const REDIRECT = `${location.origin}${SIGN_IN_PATH}`;

/** Leaves for the provider: code with PKCE, so that nothing secret is in the page. Throws SignInError. */
export async function startSignIn({ issuer, clientId }: Provider): Promise<void> {
  const { authorization_endpoint: endpoint } = await withReason(issuer, async () =>
    discover(issuer),
  );
  if (endpoint === undefined) throw new SignInError(`${issuer} names no authorization endpoint`);
  const pending: Pending = {
    verifier: oauth.generateRandomCodeVerifier(),
    state: oauth.generateRandomState(),
    nonce: oauth.generateRandomNonce(),
    returnTo: location.pathname + location.search,
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

/** How a sign-in has ended: with a token, with a reason why there is none, or with neither because there was none. */
export interface EndedSignIn {
  /** The page that one wanted to see. */
  readonly returnTo: string;
  readonly token?: string;
  readonly problem?: string;
}

/** Makes a token of the provider's answer in the address, once. */
export async function finishSignIn(provider: Provider | undefined): Promise<EndedSignIn> {
  const answer = new URL(location.href);
  if (!provider || answer.search === '') return { returnTo: '/' };
  const pending = takePending();
  if (!pending)
    return { returnTo: '/', problem: 'This sign-in was not begun here; sign in again.' };
  const { returnTo } = pending;
  try {
    return { returnTo, token: await tokenOf(provider, pending, answer) };
  } catch (error) {
    if (error instanceof SignInError) return { returnTo, problem: error.message };
    throw error;
  }
}

function takePending(): Pending | undefined {
  const kept = sessionStorage.getItem(KEY);
  sessionStorage.removeItem(KEY);
  return kept === null ? undefined : (JSON.parse(kept) as Pending);
}

async function tokenOf(
  { issuer, clientId, audience }: Provider,
  { verifier, state, nonce }: Pending,
  answer: URL,
): Promise<string> {
  return withReason(issuer, async () => {
    const server = await discover(issuer);
    const client = { client_id: clientId };
    const parameters = oauth.validateAuthResponse(server, client, answer, state);
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
    const { id_token: idToken = '', access_token: accessToken } = tokens;
    return audience === clientId ? idToken : accessToken;
  });
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
