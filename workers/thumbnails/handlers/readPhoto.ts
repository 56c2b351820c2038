import { type ArtifactRef, NonRetryableError, type TaskContext } from '@taskfleet/toolbox/contract';
import { decodePhoto, type Pixels } from '../images/decodePhoto.ts';
import { openPhoto, type Photo } from '../images/openPhoto.ts';
import { type Size, workingSize } from '../images/sizes.ts';

/** A photo and its pixels at the size from which all thumbnails are made. */
export interface DecodedPhoto {
  readonly photo: Photo;
  readonly pixels: Pixels;
}

/** A 100-megapixel photo of a phone has some 50 MB; the whole file is held in memory. */
const LARGEST_PHOTO_BYTES = 200_000_000;

/**
 * Fetches and decodes a photo. What no further attempt could change fails the task at once and names the photo:
 * NonRetryableError, ArtifactNotFoundError, TooLargeError. An outage of the storage is thrown as it came and tried again.
 */
export async function readPhoto(
  ref: ArtifactRef,
  sizes: readonly Size[],
  context: TaskContext,
): Promise<DecodedPhoto> {
  const body = await context.artifacts.read(ref, { maximumBytes: LARGEST_PHOTO_BYTES });
  context.signal.throwIfAborted();
  const photo = await openPhoto(body);
  if (!photo.ok) throw refusal(ref, photo.error);
  const pixels = await decodePhoto(photo.value, workingSize(photo.value, sizes));
  if (!pixels.ok) throw refusal(ref, pixels.error);
  return { photo: photo.value, pixels: pixels.value };
}

function refusal(ref: ArtifactRef, problem: string): NonRetryableError {
  return new NonRetryableError(`photo ${ref}: ${problem}`);
}
