import { tmpdir } from 'node:os';
import { describe, expect, it } from 'vitest';
import { cdkWith } from './cdk.ts';
import { emulatorEnvironment } from './emulatorEnvironment.ts';

describe('a rehearsal', () => {
  it.each([
    '',
    'https://sqs.us-east-1.amazonaws.com',
    'http://localhost.example:4566',
    'http://localhost',
  ])('refuses the endpoint "%s"', (endpoint) => {
    expect(() => emulatorEnvironment(endpoint)).toThrow('expected an endpoint such as');
  });

  it('has credentials that no account has', () => {
    expect(emulatorEnvironment('http://localhost:4566')).toMatchObject({
      AWS_ENDPOINT_URL: 'http://localhost:4566',
      AWS_ACCESS_KEY_ID: 'local',
    });
  });

  it('never runs the CDK without an endpoint', () => {
    const inherited = { PATH: '' };
    expect(() => cdkWith({ folder: tmpdir(), aws: {}, inherited })).toThrow('it would go to AWS');
  });
});
