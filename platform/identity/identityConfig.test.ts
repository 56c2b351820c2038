import { type Environment, readConfig } from '@taskfleet/toolbox/config';
import { ConfigError } from '@taskfleet/toolbox/contract';
import { describe, expect, it } from 'vitest';
import { identityConfig, identitySettings, issuerWithAudience } from './identityConfig.ts';

const OIDC = {
  TASKFLEET_OIDC_ISSUER: 'https://login.example.com',
  TASKFLEET_OIDC_AUDIENCE: 'fleet',
};

const read = (environment: Environment) =>
  readConfig(identitySettings, environment, { rules: [issuerWithAudience] });

describe('identity', () => {
  it.each([
    ['local', {}, 'open'],
    ['local', { TASKFLEET_API_KEYS: 'on' }, 'credentials'],
    ['local', OIDC, 'credentials'],
    ['prod', {}, 'credentials'],
    [undefined, {}, 'credentials'],
  ])('in the stage %s with %j is %s', (stage, environment, kind) => {
    expect(identityConfig(read(environment), stage).kind).toBe(kind);
  });

  it('has standards for claims', () => {
    expect(identityConfig(read(OIDC), 'prod')).toEqual({
      kind: 'credentials',
      oidc: {
        issuer: 'https://login.example.com',
        audience: 'fleet',
        rolesClaim: 'roles',
        nameClaim: 'sub',
        clientId: undefined,
      },
    });
  });

  it.each([
    [{ TASKFLEET_API_KEYS: 'off' }, 'TASKFLEET_API_KEYS: expected "on", or nothing'],
    [{ TASKFLEET_OIDC_ISSUER: 'https://a.example' }, 'TASKFLEET_OIDC_AUDIENCE: is missing'],
    [{ TASKFLEET_OIDC_AUDIENCE: 'fleet' }, 'TASKFLEET_OIDC_ISSUER: is missing'],
    [{ ...OIDC, TASKFLEET_OIDC_ISSUER: 'http://a.example' }, 'expected https'],
    [{ ...OIDC, TASKFLEET_OIDC_ISSUER: 'login' }, 'expected an address such as'],
  ])('is refused as %j', (environment, message) => {
    expect(() => read(environment)).toThrow(ConfigError);
    expect(() => read(environment)).toThrow(message);
  });
});
