import { exportSPKI, generateKeyPair, SignJWT, UnsecuredJWT } from 'jose';
import { systemClock } from '@taskfleet/toolbox/clock';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createIdentify } from './createIdentify.ts';
import { CredentialsError, IssuerUnreachableError } from './errors.ts';
import { rolesIn } from './identifyUser.ts';
import { type Issuer, startIssuer } from './testing/startIssuer.ts';

let issuer: Issuer;
beforeEach(async () => {
  issuer = await startIssuer();
});
afterEach(async () => issuer.stop());

function identifyBy(nameClaim = 'sub') {
  const oidc = {
    issuer: issuer.address,
    audience: 'fleet',
    rolesClaim: 'roles',
    nameClaim,
    clientId: undefined,
  };
  const keys = { find: async () => undefined };
  const identify = createIdentify({
    config: { kind: 'credentials', oidc },
    keys,
    clock: systemClock,
  });
  return async (token: string) => identify(`Bearer ${token}`);
}

describe('a token of the issuer', () => {
  it('says who it is and what they may', async () => {
    const identify = identifyBy();
    const token = await issuer.token({ roles: ['operator', 'accountant'] });
    const alice = { name: 'alice', kind: 'user', roles: ['operator'] };
    expect(await identify(token)).toEqual(alice);
    expect(await identify(token)).toEqual(alice);
    expect(issuer.requests).toEqual(['/.well-known/openid-configuration', '/keys']);
  });

  it('without roles is of somebody who may nothing', async () => {
    expect(await identifyBy()(await issuer.token({ roles: undefined }))).toMatchObject({
      roles: [],
    });
  });

  it('names them by the claim that is configured', async () => {
    const identify = identifyBy('email');
    expect(await identify(await issuer.token({ email: 'a@example.com' }))).toMatchObject({
      name: 'a@example.com',
    });
    await expect(identify(await issuer.token())).rejects.toThrow(CredentialsError);
  });
});

const forgeries: readonly (readonly [string, () => Promise<string>, string])[] = [
  ['that has expired', async () => issuer.token({}, { ends: '-10s' }), 'has expired'],
  ['for another audience', async () => issuer.token({ aud: 'other' }), 'claim aud'],
  ['of another issuer', async () => issuer.token({ iss: 'https://evil.example' }), 'claim iss'],
  ['without an end', async () => issuer.token({}, { ends: '' }), 'claim exp'],
  ['of a key', async () => issuer.token({ sub: 'key:ci' }), 'claim sub is no name'],
  ['without a name', async () => issuer.token({ sub: undefined }), 'claim sub'],
  ['with a name that is none', async () => issuer.token({ sub: '' }), 'claim sub is no name'],
  ['with an unknown key', async () => issuer.token({}, { kid: 'k2' }), 'not one that the issuer'],
  [
    'signed by somebody else',
    async () => issuer.token({}, { key: (await generateKeyPair('RS256')).privateKey }),
    'not one that the issuer',
  ],
  [
    'that is not signed',
    async () => new UnsecuredJWT(issuer.claims()).setExpirationTime('5m').encode(),
    'not one that the issuer',
  ],
  [
    'signed with the public key as a secret',
    async () => {
      const secret = new TextEncoder().encode(await exportSPKI(issuer.publicKey));
      const token = new SignJWT(issuer.claims()).setProtectedHeader({ alg: 'HS256', kid: 'k1' });
      return token.setExpirationTime('5m').sign(secret);
    },
    'not one that the issuer',
  ],
  ['that is none', async () => 'a.b.c', 'not one that the issuer'],
  ['that is a key of nobody', async () => `tf_${'0'.repeat(16)}_${'a'.repeat(43)}`, 'no such'],
];

describe.each(forgeries)('a token %s', (_what, make, reason) => {
  it('is refused, and not repeated', async () => {
    const token = await make();
    const refused = identifyBy()(token);
    await expect(refused).rejects.toThrow(CredentialsError);
    await expect(refused).rejects.toThrow(reason);
    await expect(refused).rejects.not.toThrow(token);
  });
});

describe('an issuer', () => {
  it('that does not answer is not there for now', async () => {
    const identify = identifyBy();
    const token = await issuer.token();
    issuer.setAnswers(false);
    await expect(identify(token)).rejects.toThrow(IssuerUnreachableError);
    issuer.setAnswers(true);
    expect(await identify(token)).toMatchObject({ name: 'alice' });
    const address = issuer.address;
    const other = identifyBy();
    await issuer.stop();
    await expect(other(token)).rejects.toThrow(`the issuer ${address} does not say`);
  });

  it('that says it is another is none', async () => {
    issuer.setName('https://evil.example');
    await expect(identifyBy()(await issuer.token())).rejects.toThrow(IssuerUnreachableError);
  });
});

describe('roles', () => {
  it.each([
    [{ roles: ['admin', 'viewer', 1] }, 'roles', ['viewer', 'admin']],
    [{ scope: 'openid viewer operator' }, 'scope', ['viewer', 'operator']],
    [{ realm_access: { roles: ['scheduler'] } }, 'realm_access.roles', ['scheduler']],
    [{ 'https://a.example/roles': ['viewer'] }, 'https://a.example/roles', ['viewer']],
    [{ roles: { admin: true } }, 'roles', []],
    [{}, 'constructor.name', []],
    [{}, '__proto__', []],
  ])('of %j by the claim %s are %j', (payload, claim, roles) => {
    expect(rolesIn(payload, claim)).toEqual(roles);
  });
});
