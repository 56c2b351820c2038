import type { Handler, OutputOf, ParsedInputOf, TaskContext } from '@taskfleet/toolbox/contract';
import type * as contract from '../contract.ts';
import {
  PICTURE_TYPE,
  type Picture,
  renderScaled,
  renderSquare,
} from '../images/renderThumbnail.ts';
import { fitInside, LONGER_SIDE, squareSide } from '../images/sizes.ts';
import { type DecodedPhoto, readPhoto } from './readPhoto.ts';
import { thumbnailName } from './thumbnailName.ts';

type Input = ParsedInputOf<typeof contract.createThumbnails>;
type Thumbnails = OutputOf<typeof contract.createThumbnails>;
type Thumbnail = Thumbnails[keyof Thumbnails];

/** Stores four copies of a photo, one after the other; an abort is seen between any two of them. */
export const createThumbnails: Handler<typeof contract.createThumbnails> = async (
  input,
  context,
) => {
  const { photo, pixels } = await readPhoto(input.photo, context);
  const scaled = (size: keyof typeof LONGER_SIDE) => () =>
    renderScaled(pixels, fitInside(photo, LONGER_SIDE[size]));
  const store = (size: keyof Thumbnails, fraction: number, render: () => Promise<Picture>) =>
    storeThumbnail({ size, fraction, render }, input, context);

  const thumbnails = {
    large: await store('large', 1 / 4, scaled('large')),
    medium: await store('medium', 2 / 4, scaled('medium')),
    small: await store('small', 3 / 4, scaled('small')),
    square: await store('square', 1, () => renderSquare(pixels, squareSide(photo))),
  };
  logSummary(thumbnails, photo, input, context);
  return thumbnails;
};

interface Step {
  readonly size: keyof Thumbnails;
  /** How much of the task is done after this step. */
  readonly fraction: number;
  readonly render: () => Promise<Picture>;
}

async function storeThumbnail(
  { size, fraction, render }: Step,
  { gallery, photo }: Input,
  context: TaskContext,
): Promise<Thumbnail> {
  context.signal.throwIfAborted();
  const { body, width, height } = await render();
  const name = thumbnailName(gallery, photo, size);
  const ref = await context.artifacts.write(name, body, PICTURE_TYPE.contentType);
  context.progress(fraction, size);
  return { ref, width, height };
}

function logSummary(
  thumbnails: Thumbnails,
  { format, width, height }: DecodedPhoto['photo'],
  { gallery, photo }: Input,
  { creator, log }: TaskContext,
): void {
  const sizes = Object.entries(thumbnails).map(([size, it]) => `${size} ${it.width}x${it.height}`);
  const original = `${format} ${width}x${height}`;
  log.info('thumbnails.created', { creator, gallery, photo, original, sizes: sizes.join(', ') });
}
