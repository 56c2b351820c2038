import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';

export type Issuer = Awaited<ReturnType<typeof startIssuer>>;

const KID = 'k1';

/** An issuer of tokens on the loopback interface: its discovery document, its keys, and whatever tokens a test wants. */
export async function startIssuer() {
  const { privateKey, publicKey } = await generateKeyPair('RS256');
  const jwk = { ...(await exportJWK(publicKey)), kid: KID, alg: 'RS256', use: 'sig' };
  const requests: string[] = [];
  let answers = true;
  let named: string | undefined;
  const server = createServer(({ url = '' }, response) => {
    requests.push(url);
    if (!answers) response.writeHead(500);
    const isKeys = url === '/keys';
    const metadata = { issuer: named ?? address(), jwks_uri: `${address()}/keys` };
    response.end(JSON.stringify(isKeys ? { keys: [jwk] } : metadata));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const claims = (): JWTPayload => ({
    iss: address(),
    aud: 'fleet',
    sub: 'alice',
    roles: ['viewer'],
  });
  return {
    address: address(),
    publicKey,
    requests,
    /** A token as it should be, but for these claims and this header. */
    token: async (
      change: Readonly<Record<string, unknown>> = {},
      { key = privateKey, kid = KID, ends = '5m' } = {},
    ) => {
      const payload = { ...claims(), ...change };
      const token = new SignJWT(payload).setProtectedHeader({ alg: 'RS256', kid }).setIssuedAt();
      return (ends === '' ? token : token.setExpirationTime(ends)).sign(key);
    },
    claims,
    /** Whether it answers at all. */
    setAnswers: (value: boolean) => {
      answers = value;
    },
    /** Whom its discovery document says that it is. */
    setName: (name: string) => {
      named = name;
    },
    stop: async () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
