import { artifactRef, defineTask, defineWorker } from '@taskfleet/toolbox/contract';
import { z } from 'zod';

const image = z.object({
  /** Where the picture is stored. */
  ref: artifactRef,
  /** Pixels. */
  width: z.int().positive(),
  height: z.int().positive(),
});

/** Three scaled copies and one small square of a stored photo. */
export const createThumbnails = defineTask('thumbnails.create', {
  input: z.strictObject({
    /** The gallery's name; its photos are done one at a time, in order. */
    gallery: z
      .string()
      .regex(
        /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/,
        'expected letters, digits, ".", "_" and "-", at most 64',
      ),
    /** Reference of the stored photo: JPEG, PNG, WebP, AVIF, HEIF, GIF or TIFF. */
    photo: artifactRef,
  }),
  output: z.object({
    large: image,
    medium: image,
    small: image,
    square: image,
  }),
  retry: { maxAttempts: 3 },
  timeLimit: '2m',
  group: ({ gallery }) => gallery,
});

export const thumbnailsWorker = defineWorker('thumbnails', {
  tasks: [createThumbnails],
  concurrency: 4,
});
