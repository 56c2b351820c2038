import { isArtifactRef } from '@taskfleet/toolbox/contract';
import { expect, test } from 'vitest';
import { parseSizes, USUAL_SIZES } from '../images/parseSizes.ts';
import { keptFolder, thumbnailFolder } from './thumbnailFolder.ts';

test('is the same for the same photo and gallery', () => {
  const folder = thumbnailFolder('summer', 'artifact:uploads/IMG_0042.jpg');
  expect(folder).toMatch(/^summer\/IMG_0042-[0-9a-f]{16}$/);
  expect(thumbnailFolder('summer', 'artifact:uploads/IMG_0042.jpg')).toBe(folder);
});

test.each([
  ['folder', 'summer', 'artifact:others/IMG_0042.jpg'],
  ['extension', 'summer', 'artifact:uploads/IMG_0042.png'],
  ['gallery', 'winter', 'artifact:uploads/IMG_0042.jpg'],
] as const)('keeps photos apart that differ in their %s', (_, gallery, photo) => {
  const other = thumbnailFolder('summer', 'artifact:uploads/IMG_0042.jpg');
  expect(thumbnailFolder(gallery, photo)).not.toBe(other);
});

test.each([
  'artifact:Größe & Maß (1).jpg',
  'artifact:.jpg',
  `artifact:${'x'.repeat(900)}`,
] as const)('makes a storable name of %s', (photo) => {
  const folder = thumbnailFolder('summer', photo);
  expect(folder).toMatch(/^[\w./-]{1,200}$/);
  expect(isArtifactRef(`artifact:thumbnails/${folder}/square.webp`)).toBe(true);
});

test('of a gallery that is looked after, tells what its thumbnails were made of', () => {
  const sizesOf = (text: string) => {
    const sizes = parseSizes(text);
    return sizes.ok ? sizes.value : [];
  };
  const photo = { ref: 'artifact:uploads/galleries/summer/a.jpg', version: '"1"' } as const;
  const folders = [
    keptFolder('summer', photo, sizesOf(USUAL_SIZES)),
    keptFolder('summer', { ...photo, version: '"2"' }, sizesOf(USUAL_SIZES)),
    keptFolder('summer', photo, sizesOf('large:2048')),
    keptFolder('summer', photo, sizesOf('large:1024')),
    keptFolder('winter', photo, sizesOf(USUAL_SIZES)),
  ];
  expect(new Set(folders).size).toBe(folders.length);
  expect(keptFolder('summer', { ...photo }, sizesOf(USUAL_SIZES))).toBe(folders[0]);
  expect(folders[0]).toMatch(/^galleries\/summer\/a-[0-9a-f]{16}$/);
});
