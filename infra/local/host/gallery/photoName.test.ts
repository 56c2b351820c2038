import { expect, it } from 'vitest';
import { PHOTO_NAME, photoName } from './photoName.ts';

it.each([
  ['IMG_0042.JPG', 'image/jpeg', 'IMG_0042.jpg'],
  ['am Meer (2).png', 'image/png', 'am-Meer-2.png'],
  ['../../etc/passwd', 'image/webp', 'etc-passwd.webp'],
  ['.hidden', 'image/gif', 'photo.gif'],
  ['写真.jpg', 'image/jpeg', 'photo.jpg'],
  ['', 'image/avif', 'photo.avif'],
  [`${'x'.repeat(300)}.jpg`, 'image/jpeg', `${'x'.repeat(60)}.jpg`],
])('stores %s (%s) as %s', (given, type, name) => {
  expect(photoName(given, type)).toBe(name);
  expect(name).toMatch(PHOTO_NAME);
});

it.each(['text/html', 'image/svg+xml', 'application/octet-stream', ''])('refuses %s', (type) => {
  expect(() => photoName('a.jpg', type)).toThrow('expected a photo (image/jpeg, ');
});
