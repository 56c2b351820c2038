import { expect, test } from 'vitest';
import { attemptThumbnails, dimensions, makeThumbnails, PHOTO } from '../testing/makeThumbnails.ts';
import { plainPhoto } from '../testing/photos.ts';

const photo = () => plainPhoto({ width: 3_000, height: 2_000 }, '#468').jpeg();

test('stores three scaled copies and a square', async () => {
  const run = await makeThumbnails(photo());
  expect(dimensions(run)).toEqual({
    large: '2048x1365',
    medium: '1024x683',
    small: '320x213',
    square: '160x160',
  });
});

test('returns references to WebP files of the dimensions it says', async () => {
  const run = await makeThumbnails(photo());
  for (const size of ['large', 'medium', 'small', 'square'] as const) {
    const { width, height, ref } = run.thumbnails[size];
    expect(await run.open(size).metadata()).toMatchObject({ format: 'webp', width, height });
    expect(run.stored.get(ref)?.contentType).toBe('image/webp');
  }
});

test('says how far it is after each copy', async () => {
  const { progress } = await makeThumbnails(photo());
  expect(progress).toEqual([
    { fraction: 0.25, note: 'large' },
    { fraction: 0.5, note: 'medium' },
    { fraction: 0.75, note: 'small' },
    { fraction: 1, note: 'square' },
  ]);
});

test('replaces the files of an earlier attempt', async () => {
  const files = { [PHOTO]: await photo().toBuffer() };
  const first = await attemptThumbnails({ files });
  const second = await attemptThumbnails({ files, attempt: 2 });
  expect(second.output).toEqual(first.output);
  expect([...second.stored.keys()]).toEqual([...first.stored.keys()]);
});

test('logs one line: who asked, which photo of which gallery, which sizes, how long', async () => {
  const { logged } = await makeThumbnails(photo(), { creator: 'user-7' });
  expect(logged).toMatchObject([
    {
      message: 'thumbnails.created',
      fields: {
        creator: 'user-7',
        gallery: 'summer',
        photo: PHOTO,
        original: 'JPEG 3000x2000',
        sizes: 'large 2048x1365, medium 1024x683, small 320x213, square 160x160',
        durationMs: expect.any(Number),
      },
    },
  ]);
});

test('stops between two copies when the attempt is aborted', async () => {
  const attempt = attemptThumbnails({
    files: { [PHOTO]: await photo().toBuffer() },
    onProgress: ({ note }) => note === 'medium' && attempt.loseLease(),
  });
  const { outcome, stored } = await attempt;
  expect(outcome.kind).toBe('lost');
  expect(stored.size).toBe(2);
});

test('decodes nothing when the attempt is aborted while the photo is read', async () => {
  const photoRead = Promise.withResolvers<Uint8Array>();
  const attempt = attemptThumbnails({ artifacts: { read: async () => photoRead.promise } });
  attempt.stopWorker();
  photoRead.resolve(Buffer.from('not even a photo'));
  const { outcome, stored } = await attempt;
  expect(outcome.kind).toBe('released');
  expect(stored.size).toBe(0);
});
