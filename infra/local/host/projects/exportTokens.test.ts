import { manualClock } from '@taskfleet/toolbox/testing';
import { expect, it } from 'vitest';
import { ExportTokens } from './exportTokens.ts';

const OWN = '/api/organizations/ilha/projects/fields/spatial/';

it('lets an export read its project and no other', () => {
  const tokens = new ExportTokens(manualClock());
  const bearer = `Bearer ${tokens.issue('ilha/fields')}`;
  expect(tokens.allows(bearer, OWN)).toBe(true);
  expect(tokens.allows(bearer, '/files/ilha/fields/deed.txt')).toBe(true);
  const others = [
    '/api/organizations/ilha/projects/fields2/spatial/',
    '/api/organizations/ilha/projects/',
    '/files/ilha/other/deed.txt',
    '/state',
  ];
  for (const path of others) expect(tokens.allows(bearer, path)).toBe(false);
});

it('lets nobody in without a token, or with one that was never given', () => {
  const tokens = new ExportTokens(manualClock());
  const token = tokens.issue('ilha/fields');
  for (const header of [undefined, '', 'Bearer ', token, `Basic ${token}`, 'Bearer undefined']) {
    expect(tokens.allows(header, OWN)).toBe(false);
  }
});

it('gives each export another, good for an hour', () => {
  const clock = manualClock();
  const tokens = new ExportTokens(clock);
  const first = tokens.issue('ilha/fields');
  clock.advance(3_599_000);
  expect(tokens.allows(`Bearer ${first}`, OWN)).toBe(true);
  clock.advance(1_000);
  expect(tokens.allows(`Bearer ${first}`, OWN)).toBe(false);
  expect(tokens.issue('ilha/fields')).not.toBe(first);
});
