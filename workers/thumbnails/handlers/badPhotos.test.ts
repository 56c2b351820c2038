import {
  ArtifactNotFoundError,
  NonRetryableError,
  TooLargeError,
} from '@taskfleet/toolbox/contract';
import { expect, test } from 'vitest';
import { attemptThumbnails, makeThumbnails, PHOTO } from '../testing/makeThumbnails.ts';
import {
  brandedFile,
  claimingAvif,
  claimingPng,
  grainyPhoto,
  plainPhoto,
} from '../testing/photos.ts';

async function refusalOf(photo: Uint8Array): Promise<string> {
  const error = await makeThumbnails(photo).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(NonRetryableError);
  const { message } = error as NonRetryableError;
  expect(message).not.toContain('\n');
  expect(message).toContain(PHOTO);
  return message.replace(`photo ${PHOTO}: `, '');
}

test.each([
  ['no bytes', '', 'an empty file'],
  ['text', 'hello', 'text'],
  ['SVG', '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>', 'SVG'],
  ['PDF', '%PDF-1.7\n', 'PDF'],
])('fails for good on %s', async (_, content, what) => {
  const refusal = await refusalOf(Buffer.from(content));
  expect(refusal).toBe(`expected JPEG, PNG, WebP, AVIF, GIF, TIFF, got ${what}`);
});

test('fails for good on HEIC and says what to do', async () => {
  const refusal = await refusalOf(brandedFile('heic', 'mif1', 'heic'));
  expect(refusal).toContain('got HEIC, which has to be converted to JPEG or AVIF first');
});

const grainy = () => grainyPhoto({ width: 300, height: 200 });

test.each([
  ['JPEG', grainy().jpeg()],
  ['JPEG', grainy().jpeg({ progressive: true })],
  ['PNG', grainy().png()],
  ['WebP', grainy().webp()],
  ['AVIF', grainy().avif()],
  ['GIF', grainy().gif()],
  ['TIFF', grainy().tiff()],
])('fails for good on a file that ends early: %s', async (format, photo) => {
  const whole = await photo.toBuffer();
  for (const share of [0.3, 0.6, 0.98]) {
    const refusal = await refusalOf(whole.subarray(0, whole.length * share));
    expect(refusal).toContain(`expected a whole ${format}, got a broken one (`);
  }
});

test('refuses a decompression bomb by what its header claims', async () => {
  const refusal = await refusalOf(claimingPng({ width: 60_000, height: 60_000 }));
  expect(refusal).toBe(
    'expected PNG of at most 120 megapixels, got 60000 x 60000 (3600 megapixels)',
  );
});

test('tries to decode what claims exactly the most pixels allowed, and not one row more', async () => {
  const most = await refusalOf(claimingPng({ width: 12_000, height: 10_000 }));
  expect(most).toContain('expected a whole PNG');
  const more = await refusalOf(claimingPng({ width: 12_000, height: 10_001 }));
  expect(more).toContain('(121 megapixels)');
});

test('allows AVIF fewer pixels, because its decoder takes more memory', async () => {
  const refusal = await refusalOf(await claimingAvif({ width: 10_000, height: 7_000 }));
  expect(refusal).toBe('expected AVIF of at most 60 megapixels, got 10000 x 7000 (70 megapixels)');
});

test('names the photo when nothing is stored', async () => {
  const { outcome } = await attemptThumbnails();
  expect(outcome).toEqual({ kind: 'failed', error: new ArtifactNotFoundError(PHOTO) });
});

test('refuses a file that is too large to be held in memory', async () => {
  const { outcome } = await attemptThumbnails({ files: { [PHOTO]: new Uint8Array(200_000_001) } });
  expect(outcome).toMatchObject({ kind: 'failed', error: expect.any(TooLargeError) });
});

test.each(['read', 'write'] as const)(
  'leaves an outage at %s to be tried again',
  async (operation) => {
    const error = new Error('ServiceUnavailable');
    const body = await plainPhoto({ width: 20, height: 10 }, '#468').png().toBuffer();
    const artifacts = { [operation]: () => Promise.reject(error) };
    const { outcome } = await attemptThumbnails({ files: { [PHOTO]: body }, artifacts });
    expect(outcome).toMatchObject({ kind: 'retrying', error });
  },
);
