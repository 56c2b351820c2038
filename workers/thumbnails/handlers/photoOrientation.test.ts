import sharp, { type Sharp } from 'sharp';
import { describe, expect, test } from 'vitest';
import { dimensions, makeThumbnails, pixelAt, type Run } from '../testing/makeThumbnails.ts';
import { markedPhoto } from '../testing/photos.ts';

/** What a camera held in the way of each orientation stores. sharp flips before it rotates. */
const STORED: Readonly<Record<number, (upright: Sharp) => Sharp>> = {
  1: (upright) => upright,
  2: (upright) => upright.flop(),
  3: (upright) => upright.rotate(180),
  4: (upright) => upright.flip(),
  5: (upright) => upright.flip().rotate(90),
  6: (upright) => upright.rotate(270),
  7: (upright) => upright.flip().rotate(270),
  8: (upright) => upright.rotate(90),
};

const FORMATS = ['jpeg', 'png', 'webp', 'tiff'] as const;

describe.each(Object.entries(STORED))('a photo of EXIF orientation %s', (orientation, store) => {
  test.each(FORMATS)('is upright when it is stored as %s', async (format) => {
    const upright = await markedPhoto().png().toBuffer();
    const photo = store(sharp(upright)).toFormat(format);
    const run = await makeThumbnails(photo.withMetadata({ orientation: Number(orientation) }));
    expect(dimensions(run)).toMatchObject({ large: '80x40', square: '40x40' });
    expect(await cornerColours(run)).toEqual(['red', 'blue', 'blue', 'blue']);
  });
});

/** Row by row. */
async function cornerColours(run: Run): Promise<string[]> {
  const corners = [
    [10, 10],
    [70, 10],
    [10, 30],
    [70, 30],
  ] as const;
  const pixels = corners.map(([left, top]) => pixelAt(run.open('large'), left, top));
  return (await Promise.all(pixels)).map(([red = 0, , blue = 0]) => (red > blue ? 'red' : 'blue'));
}
