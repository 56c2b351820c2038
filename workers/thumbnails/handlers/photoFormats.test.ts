import sharp from 'sharp';
import { expect, test } from 'vitest';
import { dimensions, makeThumbnails, pixelAt } from '../testing/makeThumbnails.ts';
import { plainPhoto } from '../testing/photos.ts';

const SIZE = { width: 400, height: 300 };
const orange = () => plainPhoto(SIZE, '#c83232');

/** Lossy formats and profiles shift colours a little. */
function near(expected: readonly number[], tolerance = 12) {
  return expected.map((value) => expect.closeTo(value, -Math.log10(2 * tolerance)));
}

test.each([
  ['a JPEG', orange().jpeg()],
  ['a progressive JPEG', orange().jpeg({ progressive: true })],
  ['a PNG', orange().png()],
  ['a PNG with a palette', orange().png({ palette: true })],
  ['a PNG of 16 bits a channel', orange().toColourspace('rgb16').png()],
  ['a WebP', orange().webp()],
  ['an AVIF', orange().avif()],
  ['an AVIF of 10 bits a channel', orange().avif({ bitdepth: 10 })],
  ['a GIF', orange().gif()],
  ['a TIFF', orange().tiff()],
  ['a tiled TIFF', orange().tiff({ compression: 'lzw', tile: true })],
  ['a JPEG in Display P3', orange().withIccProfile('p3').jpeg()],
])('keeps the colour of %s', async (_, photo) => {
  const run = await makeThumbnails(photo);
  expect(dimensions(run)).toMatchObject({ large: '400x300', small: '320x240' });
  expect(await pixelAt(run.open('large'), 200, 150)).toEqual(near([200, 50, 50]));
});

test.each([
  ['a grey JPEG', plainPhoto(SIZE, '#888').toColourspace('b-w').jpeg()],
  ['a grey PNG of 16 bits', plainPhoto(SIZE, '#888').toColourspace('grey16').png()],
])('keeps the shade of %s', async (_, photo) => {
  const run = await makeThumbnails(photo);
  expect(await pixelAt(run.open('small'), 9, 9)).toEqual(near([136, 136, 136]));
});

test('converts a CMYK JPEG as print would show it', async () => {
  const run = await makeThumbnails(orange().toColourspace('cmyk').jpeg());
  expect(await pixelAt(run.open('large'), 200, 150)).toEqual(near([200, 50, 50], 25));
});

test('converts a wide gamut instead of dropping its profile', async () => {
  const asP3 = await orange().withIccProfile('p3').jpeg({ quality: 100 }).toBuffer();
  const unprofiled = await pixelAt(sharp(asP3, { ignoreIcc: true }), 9, 9);
  expect(unprofiled).not.toEqual(near([200, 50, 50]));
  const run = await makeThumbnails(asP3);
  expect(await pixelAt(run.open('large'), 9, 9)).toEqual(near([200, 50, 50]));
  expect((await run.open('large').metadata()).hasProfile).toBe(false);
});

test('keeps alpha, with the colour of what is half transparent', async () => {
  const run = await makeThumbnails(plainPhoto(SIZE, { r: 200, g: 50, b: 50, alpha: 0.5 }).png());
  for (const size of ['large', 'square'] as const) {
    expect(await pixelAt(run.open(size), 80, 80)).toEqual(near([200, 50, 50, 128]));
  }
});

test('takes the first frame of an animation', async () => {
  const frames = ['#c83232', '#00f'].map((colour) => plainPhoto(SIZE, colour).png().toBuffer());
  const run = await makeThumbnails(
    sharp(await Promise.all(frames), { join: { animated: true } }).gif(),
  );
  expect(dimensions(run)).toMatchObject({ large: '400x300' });
  expect((await pixelAt(run.open('large'), 9, 9)).slice(0, 3)).toEqual(near([200, 50, 50]));
});

test('carries neither position nor camera into the thumbnails', async () => {
  const exif = { IFD0: { Make: 'Camera' }, IFD3: { GPSLatitude: '51/1 30/1 0/1' } };
  const photo = await orange()
    .jpeg()
    .withExif(exif)
    .withXmp('<x:xmpmeta xmlns:x="adobe:ns:meta/"/>')
    .toBuffer();
  expect(await sharp(photo).metadata()).toMatchObject({
    exif: expect.anything(),
    xmp: expect.anything(),
  });
  const run = await makeThumbnails(photo);
  for (const size of ['large', 'medium', 'small', 'square'] as const) {
    const { exif, xmp, iptc, icc } = await run.open(size).metadata();
    expect({ exif, xmp, iptc, icc }).toEqual({});
  }
});
