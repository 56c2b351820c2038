import { systemClock } from '@taskfleet/toolbox/clock';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createIdentify } from './createIdentify.ts';
import { CredentialsError, IssuerUnreachableError } from './errors.ts';
import { rolesIn } from './identifyUser.ts';
import { forgeries } from './testing/forgeries.ts';
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

describe.each(forgeries)('a token %s', (_what, make, reason) => {
  it('is refused, and not repeated', async () => {
    const token = await make(issuer);
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
