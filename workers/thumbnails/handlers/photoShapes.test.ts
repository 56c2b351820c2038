import { expect, test } from 'vitest';
import { dimensions, makeThumbnails, pixelAt } from '../testing/makeThumbnails.ts';
import { plainPhoto } from '../testing/photos.ts';

test.each([
  ['a tiny photo', [12, 8], ['12x8', '12x8', '12x8', '8x8']],
  ['a single pixel', [1, 1], ['1x1', '1x1', '1x1', '1x1']],
  ['a photo between two sizes', [700, 500], ['700x500', '700x500', '320x229', '160x160']],
  ['a line of pixels', [1, 10_000], ['1x2048', '1x1024', '1x320', '1x1']],
  ['a line across', [10_000, 1], ['2048x1', '1024x1', '320x1', '1x1']],
  [
    'a panorama lower than the square once scaled',
    [9_000, 400],
    ['2048x91', '1024x46', '320x14', '160x160'],
  ],
  ['a strip lower than the square', [5_000, 90], ['2048x37', '1024x18', '320x6', '90x90']],
] as const)('never enlarges %s', async (_, [width, height], [large, medium, small, square]) => {
  const run = await makeThumbnails(plainPhoto({ width, height }, '#468').png());
  expect(dimensions(run)).toEqual({ large, medium, small, square });
});

test('cuts the square around what draws the eye', async () => {
  const eyeCatcher = await plainPhoto({ width: 180, height: 180 }, '#f20').png().toBuffer();
  const photo = plainPhoto({ width: 1_200, height: 300 }, '#aaa');
  const run = await makeThumbnails(
    photo.composite([{ input: eyeCatcher, left: 900, top: 60 }]).png(),
  );
  const [red = 0, green = 0] = await pixelAt(run.open('square'), 80, 80);
  expect(red - green).toBeGreaterThan(150);
});
