import { expect, test } from 'vitest';
import { brandedFile, plainPhoto } from '../testing/photos.ts';
import { recognizeFormat } from './recognizeFormat.ts';

const photo = plainPhoto({ width: 20, height: 10 }, '#468');

test.each([
  ['JPEG', photo.clone().jpeg()],
  ['PNG', photo.clone().png()],
  ['WebP', photo.clone().webp()],
  ['AVIF', photo.clone().avif()],
  ['GIF', photo.clone().gif()],
  ['TIFF', photo.clone().tiff()],
])('recognizes %s', async (format, picture) => {
  expect(recognizeFormat(await picture.toBuffer())).toEqual({ ok: true, value: format });
});

test('recognizes an AVIF whose brand is not the first of the list', () => {
  expect(recognizeFormat(brandedFile('mif1', 'miaf', 'avif'))).toEqual({ ok: true, value: 'AVIF' });
});

test.each([
  ['an empty file', ''],
  ['text', 'Dear gallery, päths of glory\n'],
  ['SVG', '<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"/>'],
  ['SVG', '<!--ftypavif--><svg xmlns="http://www.w3.org/2000/svg"/>'],
  ['PDF', '%PDF-1.7\n%\xe2\xe3'],
  ['a video', '\0\0\0\x10ftypisom\0\0\0\0\0\0\0\x08mdat'],
  ['a file of an unknown kind', '\0\x01\x02'],
])('says that it is given %s', (what, content) => {
  const refused = recognizeFormat(Buffer.from(content, 'latin1'));
  expect(refused).toEqual({ ok: false, error: what });
});

test.each([['heic'], ['heix'], ['hevc'], ['mif1'], ['msf1']])(
  'refuses HEIC of brand %s',
  (brand) => {
    const refused = recognizeFormat(brandedFile(brand, 'mif1', 'heic'));
    expect(refused).toMatchObject({ ok: false, error: expect.stringContaining('HEIC') });
  },
);

test('looks for brands in the file type box only', () => {
  const body = Buffer.concat([brandedFile('isom'), Buffer.from('avif')]);
  expect(recognizeFormat(body)).toEqual({ ok: false, error: 'a video' });
});
