import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { stageContext } from './stageContext.ts';

const PUBLIC = {
  domain: 'tasks.example.com',
  certificate: 'arn:aws:acm:eu-central-1:123456789012:certificate/0a1b-2c3d',
  identityIssuer: 'https://id.example.com/realms/acme',
  identityAudience: 'taskfleet',
};
const KEYS_ONLY = { domain: PUBLIC.domain, certificate: PUBLIC.certificate, apiKeys: 'on' };
const PRODUCTION = {
  stage: 'prod',
  prefix: 'acme',
  alarmEmail: 'ops@example.com',
  platform: 'internal',
};
const ECR = '123456789012.dkr.ecr.eu-central-1.amazonaws.com';
const KEY = 'arn:aws:kms:eu-central-1:123456789012:key/0a1b-2c3d';

describe('the context', () => {
  it('may be left out', () => {
    expect(stageContext({})).toEqual({ stage: 'dev', prefix: 'taskfleet' });
  });

  it.each([
    { vpc: 'vpc-0a1b2c3d' },
    { encryptionKey: 'create' },
    { encryptionKey: KEY },
    { platform: 'internal' },
    { 'image.email': `${ECR}/mail:1` },
    { 'image.email': 'mail:1', vpc: 'vpc-0a1b2c3d' },
    PRODUCTION,
    { ...PRODUCTION, ...PUBLIC, platform: 'public' },
    { ...KEYS_ONLY, accessLogs: 'acme-logs', vpc: 'vpc-0a1b2c3d' },
  ])('may be %o', (context) => {
    expect(() => stageContext(context)).not.toThrow();
  });

  it.each([
    [{ stage: true }, 'stage: expected a text, got true'],
    [{ stage: '' }, 'stage: expected a text, got ""'],
    [{ prefix: 5 }, 'prefix: expected a text, got 5'],
    [{ prefix: 'acme-tasks' }, 'prefix: expected a letter and up to 19 letters or digits'],
    [{ 'image.email': '' }, 'image.email: expected a text, got ""'],
    [{ 'image.email': 'mail:1' }, 'image.email: expected an image in ECR, because the stage'],
    [
      { 'image.email': 'public.ecr.aws/acme/mail:1' },
      'image.email: expected an image in ECR, because the stage',
    ],
    [{ vpc: 'my-vpc' }, 'vpc: expected the id of a VPC such as vpc-0a1b2c3d, got "my-vpc"'],
    [{ alarmEmail: 'ops' }, 'alarmEmail: expected an e-mail address, got "ops"'],
    [{ encryptionKey: 'alias/mine' }, 'encryptionKey: expected "create" or the ARN of a KMS key'],
    [{ platform: 'open' }, 'platform: expected internal or public, got "open"'],
  ])('may not be %o', (context, problem) => {
    expect(() => stageContext(context)).toThrow(`context: ${problem}`);
  });
});

it('is all in the documentation', () => {
  const page = readFileSync(join(import.meta.dirname, '..', 'docs', 'deployment.md'), 'utf8');
  const known: string[] = [];
  try {
    stageContext({ unknown: '1' });
  } catch (error) {
    for (const [, key = ''] of String(error).matchAll(/-c (\w+)/g)) known.push(key);
  }
  expect(known.length).toBeGreaterThan(5);
  for (const key of known) expect(page).toMatch(new RegExp(`\\| .*\`${key}[=.]`));
});

describe('in production', () => {
  it.each(['prod', 'production', 'live'])(
    '%s lists everything that is missing at once',
    (stage) => {
      const refused = () => stageContext({ stage });
      for (const missing of ['prefix', 'alarmEmail', 'platform', ...Object.keys(PUBLIC)]) {
        expect(refused).toThrow(new RegExp(`^context: .*-c ${missing}=`));
      }
    },
  );

  it.each(['prefix', 'alarmEmail', 'platform'])('there is no default for %s', (key) => {
    expect(() => stageContext({ ...PRODUCTION, [key]: undefined })).toThrow(`-c ${key}=`);
  });

  it('an empty value is none', () => {
    expect(() => stageContext({ ...PRODUCTION, alarmEmail: '' })).toThrow(
      'prod has no defaults: expected -c alarmEmail=',
    );
  });
});

describe('a public platform', () => {
  it.each(Object.keys(PUBLIC))('needs -c %s=…', (key) => {
    const context = { platform: 'public', ...PUBLIC, [key]: undefined };
    expect(() => stageContext(context)).toThrow(
      new RegExp(`^context: ${key}: .*-c ${key}=[^;]*;?`),
    );
  });

  it.each([
    ['domain', 'https://tasks.example.com'],
    ['domain', 'localhost'],
    ['certificate', 'arn:aws:iam::123456789012:server-certificate/mine'],
    ['apiKeys', 'off'],
    ['identityIssuer', 'http://id.example.com'],
    ['identityIssuer', 'https://id.example.com/?tenant=1'],
    ['identityAudience', ' '],
    ['identityClient', ' '],
    ['accessLogs', 'arn:aws:s3:::logs'],
    ['embedders', 'https://app.example.com/'],
  ])('is refused with %s "%s"', (key, value) => {
    const context = { platform: 'public', ...PUBLIC, [key]: value };
    expect(() => stageContext(context)).toThrow(`got "${value}"`);
  });

  it('that would not know who asks is refused, in one line', () => {
    const { domain, certificate } = PUBLIC;
    expect(() => stageContext({ domain, certificate })).toThrow(
      /^context: platform: a public one has to know who may do what; expected -c apiKeys=on, or -c identityIssuer=… and -c identityAudience=…; got neither$/,
    );
  });

  it.each(['identityRolesClaim', 'identityNameClaim', 'identityClient'])(
    'with %s needs the issuer that it is of',
    (key) => {
      expect(() => stageContext({ ...KEYS_ONLY, [key]: 'x' })).toThrow(
        `identityIssuer: expected -c identityIssuer=…, the https URL of an OIDC issuer, without query and fragment, beside ${key}`,
      );
    },
  );

  it('is what its values say', () => {
    const { domain, certificate: certificateArn, identityIssuer, identityAudience } = PUBLIC;
    expect(stageContext({ ...PUBLIC, identityClient: 'web' }).publicAccess).toEqual({
      domain,
      certificateArn,
      issuer: { address: identityIssuer, audience: identityAudience, clientId: 'web' },
    });
    expect(stageContext(KEYS_ONLY).publicAccess).toEqual({ domain, certificateArn });
  });

  it('is wished by one of its values: the rest is asked for', () => {
    const refused = () => stageContext({ domain: PUBLIC.domain });
    expect(refused).toThrow('certificate: a public platform');
    expect(refused).toThrow('expected -c apiKeys=on');
  });

  it('is not internal', () => {
    expect(() => stageContext({ ...PUBLIC, platform: 'internal' })).toThrow(
      'domain: expected none with -c platform=internal; leave it out',
    );
  });
});
