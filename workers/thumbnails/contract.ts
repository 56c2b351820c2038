import { artifactRef, defineTask, defineWorker } from '@taskfleet/toolbox/contract';
import { z } from 'zod';

/** A WebP picture in sRGB, without metadata. */
const image = z.object({
  /** Where the picture is stored. */
  ref: artifactRef,
  /** Pixels. */
  width: z.int().positive(),
  height: z.int().positive(),
});

/** Three scaled copies and one small square of a stored photo. No copy is larger than the photo itself. */
export const createThumbnails = defineTask('thumbnails.create', {
  input: z.strictObject({
    /** The gallery's name; its photos are done one at a time, in order. */
    gallery: z
      .string()
      .regex(
        /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/,
        'expected letters, digits, ".", "_" and "-", at most 64',
      ),
    /** Reference of the stored photo: JPEG, PNG, WebP, AVIF, GIF (its first frame) or TIFF. */
    photo: artifactRef,
  }),
  output: z.object({
    /** Fits inside 2,048 × 2,048 pixels: a full screen. */
    large: image,
    /** Fits inside 1,024 × 1,024 pixels: a page's column. */
    medium: image,
    /** Fits inside 320 × 320 pixels: a tile of a gallery. */
    small: image,
    /** 160 × 160 pixels, cut around what draws the eye. */
    square: image,
  }),
  retry: { maxAttempts: 3 },
  timeLimit: '2m',
  group: ({ gallery }) => gallery,
});

/**
 * Each photo keeps one of Node's four pool threads busy for seconds. Three at a time leave one for name lookups, without
 * which the heartbeats of the very same tasks would come too late.
 */
export const thumbnailsWorker = defineWorker('thumbnails', {
  tasks: [createThumbnails],
  concurrency: 3,
});
