import type { ArtifactRef, OutputOf } from '@taskfleet/toolbox/contract';
import { type AttemptEnd, type AttemptOptions, runAttempt } from '@taskfleet/toolbox/testing';
import sharp, { type Sharp } from 'sharp';
import { createThumbnails } from '../contract.ts';
import { thumbnailsWith } from '../implementation.ts';
import { usualSizes } from './usualSizes.ts';

const implementation = thumbnailsWith(usualSizes);

export const PHOTO: ArtifactRef = 'artifact:uploads/IMG_0042.jpg';

type Thumbnail = OutputOf<typeof createThumbnails>[string];

type Usual = 'large' | 'medium' | 'small' | 'square';

/** What came of one attempt. */
export interface Run extends AttemptEnd<typeof createThumbnails> {
  readonly thumbnails: Readonly<Record<Usual, Thumbnail>>;
  /** Decodes a stored thumbnail. */
  open(size: Usual): Sharp;
}

/** An attempt for the photo that is stored as `PHOTO`. */
export function attemptThumbnails(options: AttemptOptions = {}) {
  const input = { gallery: 'summer', photo: PHOTO };
  return runAttempt(createThumbnails, implementation, input, options);
}

/** Makes thumbnails of a photo that is stored as `PHOTO`. Rejects with what the attempt failed by. */
export async function makeThumbnails(
  photo: Sharp | Uint8Array,
  options: AttemptOptions = {},
): Promise<Run> {
  const body = photo instanceof Uint8Array ? photo : await photo.toBuffer();
  const end = await attemptThumbnails({ files: { [PHOTO]: body }, ...options });
  if ('error' in end.outcome) throw end.outcome.error;
  const thumbnails = end.output as Run['thumbnails'];
  const open = (size: Usual) => sharp(end.stored.get(thumbnails[size].ref)?.body);
  return { ...end, thumbnails, open };
}

/** Width and height of each thumbnail, such as `2048x1536`. */
export function dimensions({ thumbnails }: Run): Record<string, string> {
  const entries = Object.entries(thumbnails);
  return Object.fromEntries(entries.map(([size, it]) => [size, `${it.width}x${it.height}`]));
}

/** The channels of one pixel. */
export async function pixelAt(picture: Sharp, left: number, top: number): Promise<number[]> {
  const pixel = await picture.extract({ left, top, width: 1, height: 1 }).raw().toBuffer();
  return [...pixel];
}
