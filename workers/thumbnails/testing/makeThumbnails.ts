import type { ArtifactRef, OutputOf, TaskContext } from '@taskfleet/toolbox/contract';
import sharp, { type Sharp } from 'sharp';
import type { createThumbnails as task } from '../contract.ts';
import { createThumbnails } from '../handlers/createThumbnails.ts';
import { memoryContext, type Traces } from './memoryContext.ts';

export const PHOTO: ArtifactRef = 'artifact:uploads/IMG_0042.jpg';

type Thumbnails = OutputOf<typeof task>;

/** What came of one run of the handler. */
export interface Run extends Traces {
  readonly thumbnails: Thumbnails;
  /** Decodes a stored thumbnail. */
  open(size: keyof Thumbnails): Sharp;
}

/** Runs the handler on a photo that is stored as `PHOTO`. */
export async function makeThumbnails(
  photo: Sharp | Uint8Array,
  overrides: Partial<TaskContext> = {},
): Promise<Run> {
  const body = photo instanceof Uint8Array ? photo : await photo.toBuffer();
  const { context, traces } = memoryContext({ [PHOTO]: body }, overrides);
  const thumbnails = await createThumbnails({ gallery: 'summer', photo: PHOTO }, context);
  const open = (size: keyof Thumbnails) => sharp(traces.stored.get(thumbnails[size].ref)?.body);
  return { ...traces, thumbnails, open };
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
