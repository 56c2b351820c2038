import { expect, test } from 'vitest';
import { thumbnailsWorker } from '../contract.ts';
import { parseSizes, SIZES_FORM, USUAL_SIZES } from './parseSizes.ts';

test('takes longer sides and squares, by name', () => {
  expect(parseSizes(' wide:4096, mark:64x64 ')).toEqual({
    ok: true,
    value: [
      { name: 'wide', pixels: 4_096, isSquare: false },
      { name: 'mark', pixels: 64, isSquare: true },
    ],
  });
});

test('are four unless the settings say otherwise', () => {
  const sizes = thumbnailsWorker.settings.sizes.schema.parse(undefined);
  expect(sizes.map(({ name }) => name)).toEqual(['large', 'medium', 'small', 'square']);
  expect(parseSizes(USUAL_SIZES)).toEqual({ ok: true, value: sizes });
});

test.each([
  ['', 1],
  ['large', 1],
  ['large:', 1],
  ['large:0', 1],
  ['large:-1', 1],
  ['large:1.5', 1],
  ['large:4097', 1],
  ['square:1025x1025', 1],
  ['square:160x161', 1],
  ['Large:320', 1],
  ['../a:320', 1],
  ['a b:320', 1],
  ['large:320,', 2],
  ['large:320,,small:1', 2],
  ['large:320;small:1', 1],
  ['large:320,small:99999999999', 2],
])('refuse %j by the number of what is wrong', (text, number) => {
  expect(parseSizes(text)).toEqual({
    ok: false,
    error: `expected ${SIZES_FORM}; number ${number} is not`,
  });
});

test('refuse a name that is there twice, and too many', () => {
  expect(parseSizes('a:1,b:2,a:3')).toMatchObject({
    error: 'expected each name once, got "a" twice',
  });
  const eleven = Array.from({ length: 11 }, (_, n) => `s${n}:10`).join(',');
  expect(parseSizes(eleven)).toMatchObject({ error: 'expected at most 10 sizes, got 11' });
});
