import {
  artifactRef,
  defineTask,
  defineWorker,
  fargate,
  threads,
} from '@taskfleet/toolbox/contract';
import { z } from 'zod';
import { parseSizes, SIZES_FORM, USUAL_SIZES } from './images/parseSizes.ts';

/** A WebP picture in sRGB, without metadata. */
const image = z.object({
  /** Where the picture is stored. */
  ref: artifactRef,
  /** Pixels. */
  width: z.int().positive(),
  height: z.int().positive(),
});

const galleryName = z
  .string()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/,
    'expected letters, digits, ".", "_" and "-", at most 64',
  );

/** Copies of a stored photo in every size of the worker's settings. No copy is larger than the photo itself. */
export const createThumbnails = defineTask('thumbnails.create', {
  input: z.strictObject({
    /** The gallery's name; its photos are done one at a time, in order. */
    gallery: galleryName,
    /** Reference of the stored photo: JPEG, PNG, WebP, AVIF, GIF (its first frame) or TIFF. */
    photo: artifactRef,
    /** While a task with the same text has not ended, scheduling another one gives the handle of that one. Default: no such thing. */
    once: z.string().min(1).max(256).optional(),
  }),
  /** By the names of the sizes: `large`, `medium`, `small` and `square`, unless the settings say otherwise. */
  output: z.record(z.string(), image),
  retry: { maxAttempts: 3 },
  timeLimit: '2m',
  unique: ({ once }) => once,
  group: ({ gallery }) => gallery,
});

/**
 * Has every photo below `artifact:uploads/galleries/<gallery>/` made small that is not yet, and removes thumbnails whose photo is gone or was
 * replaced. It takes its turn among the photos of its gallery: none is being made meanwhile.
 */
export const updateGallery = defineTask('thumbnails.gallery', {
  input: z.strictObject({ gallery: galleryName }),
  output: z.object({
    /** In the gallery. */
    photos: z.int().nonnegative(),
    /** Of these, those that `thumbnails.create` was scheduled for; not those that wait for it already. */
    scheduled: z.int().nonnegative(),
    /** Of these, those that can be no thumbnails, such as texts: they are not tried again before they are replaced. */
    refused: z.int().nonnegative(),
    /** Photos that are gone or were replaced, whose thumbnails were removed. */
    removed: z.int().nonnegative(),
  }),
  retry: { maxAttempts: 5 },
  group: ({ gallery }) => gallery,
});

export const thumbnailsWorker = defineWorker('thumbnails', {
  tasks: [createThumbnails, updateGallery],
  settings: {
    sizes: {
      variable: 'TASKFLEET_THUMBNAILS_SIZES',
      meaning: 'the sizes of thumbnails',
      bounds: SIZES_FORM,
      otherwise: USUAL_SIZES,
      schema: z
        .string()
        .default(USUAL_SIZES)
        .transform((text, context) => {
          const sizes = parseSizes(text);
          if (sizes.ok) return sizes.value;
          context.addIssue({ code: 'custom', message: sizes.error });
          return z.NEVER;
        }),
    },
  },
  // A photo keeps one of Node's four pool threads busy for seconds, whichever thread has asked for it. Two at a time leave two for name
  // lookups, without which the heartbeats of the very same tasks would come too late.
  concurrency: 2,
  // The file and the pixels of the working copy. What libvips needs in between is the process's: at most 1.2 GB for a photo.
  pool: threads({ maxMemory: '768MB' }),
  compute: fargate({ cpu: 1_024, memory: 4_096 }),
});
