import { expect, test } from 'vitest';
import { exportWorker } from './contract.ts';

const { schema } = exportWorker.settings.sources;

test.each([
  [undefined, []],
  ['https://land.example.org', ['https://land.example.org']],
  ['https://a.example.org, http://b:8080/', ['https://a.example.org', 'http://b:8080/']],
])('reads origins from %j', (text, origins) => {
  expect(schema.parse(text)).toEqual(origins);
});

test.each([
  'land.example.org',
  'ftp://a',
  'https://a/api',
  'https://a?x',
  '*',
  'https://a,,https://b',
])('refuses %j as origins', (text) => {
  const { success, error } = schema.safeParse(text);
  expect(success).toBe(false);
  expect(error?.issues[0]?.message).toContain('expected origins such as https://land.example.org');
});
