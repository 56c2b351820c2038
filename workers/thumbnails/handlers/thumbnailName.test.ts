import { isArtifactRef } from '@taskfleet/toolbox/contract';
import { expect, test } from 'vitest';
import { thumbnailName } from './thumbnailName.ts';

test('gives the same name to the same photo, gallery and size', () => {
  const name = thumbnailName('summer', 'artifact:uploads/IMG_0042.jpg', 'large');
  expect(name).toMatch(/^summer\/IMG_0042-[0-9a-f]{16}\/large\.webp$/);
  expect(thumbnailName('summer', 'artifact:uploads/IMG_0042.jpg', 'large')).toBe(name);
});

test.each([
  ['folder', 'summer', 'artifact:others/IMG_0042.jpg'],
  ['extension', 'summer', 'artifact:uploads/IMG_0042.png'],
  ['gallery', 'winter', 'artifact:uploads/IMG_0042.jpg'],
] as const)('keeps photos apart that differ in their %s', (_, gallery, photo) => {
  const other = thumbnailName('summer', 'artifact:uploads/IMG_0042.jpg', 'large');
  expect(thumbnailName(gallery, photo, 'large')).not.toBe(other);
});

test.each([
  'artifact:Größe & Maß (1).jpg',
  'artifact:.jpg',
  `artifact:${'x'.repeat(900)}`,
] as const)('makes a storable name of %s', (photo) => {
  const name = thumbnailName('summer', photo, 'square');
  expect(name).toMatch(/^[\w./-]{1,200}$/);
  expect(isArtifactRef(`artifact:thumbnails/${name}`)).toBe(true);
});
