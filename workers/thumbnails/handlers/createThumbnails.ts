import {
  type Handler,
  NonRetryableError,
  type OutputOf,
  type TaskContext,
  TooLargeError,
} from '@taskfleet/toolbox/contract';
import type * as contract from '../contract.ts';
import type { Pixels } from '../images/decodePhoto.ts';
import type { Photo } from '../images/openPhoto.ts';
import {
  PICTURE_TYPE,
  type Picture,
  renderScaled,
  renderSquare,
} from '../images/renderThumbnail.ts';
import { type Dimensions, fitInside, type Size, squareSide } from '../images/sizes.ts';
import { photoPlace, type PhotoPlace } from './photoPlace.ts';
import { type DecodedPhoto, readPhoto } from './readPhoto.ts';

type Thumbnails = OutputOf<typeof contract.createThumbnails>;

/** Stores copies of a photo, one after the other; an abort is seen between any two of them. */
export function createThumbnails(
  sizes: readonly Size[],
): Handler<typeof contract.createThumbnails> {
  return async (input, context) => {
    const startedAt = performance.now();
    const say = (level: 'info' | 'warn', message: string, fields: object) => {
      const durationMs = Math.round(performance.now() - startedAt);
      const { gallery, photo } = input;
      const said = { creator: context.creator, gallery, photo, ...fields, durationMs };
      context.log[level](message, said);
    };
    const place = await photoPlace(input, sizes, context.artifacts);
    try {
      const decoded = await readPhoto(input.photo, sizes, context);
      await place.expectSamePhoto();
      const thumbnails = await storeAll(decoded, { sizes, place, context });
      say('info', 'thumbnails.created', summary(decoded.photo, thumbnails));
      return thumbnails;
    } catch (error) {
      if (!isRefusal(error)) throw error;
      say('warn', 'thumbnails.refused', { reason: error.message });
      await place.refuse(error.message);
      throw error;
    }
  };
}

/** Whether no attempt would make thumbnails of what is stored there. */
function isRefusal(error: unknown): error is NonRetryableError | TooLargeError {
  return error instanceof NonRetryableError || error instanceof TooLargeError;
}

interface Surroundings {
  readonly sizes: readonly Size[];
  readonly place: PhotoPlace;
  readonly context: TaskContext;
}

async function storeAll(
  { photo, pixels }: DecodedPhoto,
  { sizes, place, context }: Surroundings,
): Promise<Thumbnails> {
  const thumbnails: Thumbnails = {};
  for (const [done, size] of sizes.entries()) {
    context.signal.throwIfAborted();
    const { body, width, height } = await render(size, photo, pixels);
    const name = `${place.folder}/${size.name}.${PICTURE_TYPE.extension}`;
    const ref = await context.artifacts.write(name, body, PICTURE_TYPE.contentType);
    thumbnails[size.name] = { ref, width, height };
    context.progress((done + 1) / sizes.length, size.name);
  }
  return thumbnails;
}

async function render(size: Size, photo: Dimensions, pixels: Pixels): Promise<Picture> {
  return size.isSquare
    ? renderSquare(pixels, squareSide(photo, size.pixels))
    : renderScaled(pixels, fitInside(photo, size.pixels));
}

function summary({ format, width, height }: Photo, thumbnails: Thumbnails) {
  const sizes = Object.entries(thumbnails).map(([size, it]) => `${size} ${it.width}x${it.height}`);
  return { original: `${format} ${width}x${height}`, sizes: sizes.join(', ') };
}
