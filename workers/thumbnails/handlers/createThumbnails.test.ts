import { expect, test } from 'vitest';
import { createThumbnails as task } from '../contract.ts';
import { dimensions, makeThumbnails, PHOTO } from '../testing/makeThumbnails.ts';
import { memoryContext } from '../testing/memoryContext.ts';
import { plainPhoto } from '../testing/photos.ts';
import { createThumbnails } from './createThumbnails.ts';

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

test('returns what the contract promises', async () => {
  const { thumbnails } = await makeThumbnails(photo());
  expect(task.output.parse(thumbnails)).toEqual(thumbnails);
});

test('says how far it is after each copy', async () => {
  const { progress } = await makeThumbnails(photo());
  expect(progress).toEqual([
    [0.25, 'large'],
    [0.5, 'medium'],
    [0.75, 'small'],
    [1, 'square'],
  ]);
});

test('replaces the files of an earlier attempt', async () => {
  const { context, traces } = memoryContext({ [PHOTO]: await photo().toBuffer() });
  const first = await createThumbnails({ gallery: 'summer', photo: PHOTO }, context);
  const second = await createThumbnails({ gallery: 'summer', photo: PHOTO }, context);
  expect(second).toEqual(first);
  expect(traces.stored.size).toBe(4);
});

test('logs one line: who asked, which photo of which gallery, which sizes', async () => {
  const { logged } = await makeThumbnails(photo());
  expect(logged).toEqual([
    {
      message: 'thumbnails.created',
      fields: {
        creator: 'user-7',
        gallery: 'summer',
        photo: PHOTO,
        original: 'JPEG 3000x2000',
        sizes: 'large 2048x1365, medium 1024x683, small 320x213, square 160x160',
      },
    },
  ]);
});

test('stops between two copies when the attempt is aborted', async () => {
  const stop = new AbortController();
  const { context, traces } = memoryContext(
    { [PHOTO]: await photo().toBuffer() },
    { signal: stop.signal, progress: (_, size) => size === 'medium' && stop.abort('lease lost') },
  );
  const attempt = createThumbnails({ gallery: 'summer', photo: PHOTO }, context);
  await expect(attempt).rejects.toBe('lease lost');
  expect(traces.stored.size).toBe(2);
});

test('decodes nothing when the attempt is aborted while the photo is read', async () => {
  const { context, traces } = memoryContext({}, { signal: AbortSignal.abort('stopping') });
  const artifacts = { ...context.artifacts, read: async () => Buffer.from('not even a photo') };
  const attempt = createThumbnails({ gallery: 'summer', photo: PHOTO }, { ...context, artifacts });
  await expect(attempt).rejects.toBe('stopping');
  expect(traces.stored.size).toBe(0);
});
