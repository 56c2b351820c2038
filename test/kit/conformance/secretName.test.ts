import { expect, it } from 'vitest';
import { soundsSecret } from './secretName.ts';

it.each([
  'password',
  'dbPassword',
  'github_token',
  'accessToken',
  'API_KEY',
  'apiKey',
  'apikey',
  'clientSecret',
  'Authorization',
  'credentials',
  'privateKey',
])('takes %s for a secret', (name) => {
  expect(soundsSecret(name)).toBe(true);
});

it.each([
  'maxTokens',
  'tokenizer',
  'passwordLength',
  'key',
  'primaryKey',
  'idempotencyKey',
  'nextToken',
  'pageToken',
  'author',
  'secretary',
  '',
])('does not take "%s" for one', (name) => {
  expect(soundsSecret(name)).toBe(false);
});
