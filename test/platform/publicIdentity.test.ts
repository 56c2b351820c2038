import { identityConfig, identitySettings } from '@taskfleet/platform/identity';
import { readConfig } from '@taskfleet/toolbox/config';
import { expect, it } from 'vitest';
import { identityEnvironment } from '../../infra/identityEnvironment.ts';

const DOMAIN = {
  domain: 'tasks.example.com',
  certificateArn: 'arn:aws:acm:eu-central-1:123456789012:certificate/0a1b',
};

it('the platform reads of its issuer what a public stage gives it', () => {
  const oidc = {
    audience: 'taskfleet',
    rolesClaim: 'groups',
    nameClaim: 'email',
    clientId: 'web',
  };
  const address = 'https://id.example.com';
  const environment = identityEnvironment({ ...DOMAIN, issuer: { ...oidc, address } });
  expect(identityConfig(readConfig(identitySettings, environment), 'prod')).toEqual({
    kind: 'credentials',
    oidc: { ...oidc, issuer: address },
  });
});

it('the platform of a public stage without an issuer wants API keys', () => {
  const environment = identityEnvironment(DOMAIN);
  expect(identityConfig(readConfig(identitySettings, environment), 'prod')).toEqual({
    kind: 'credentials',
  });
  expect(environment).toEqual({ TASKFLEET_API_KEYS: 'on' });
});
