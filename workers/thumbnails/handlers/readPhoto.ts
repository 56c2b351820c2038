import {
  type ArtifactRef,
  ArtifactNotFoundError,
  NonRetryableError,
  type TaskContext,
} from '@taskfleet/toolbox/contract';
import { decodePhoto, type Pixels } from '../images/decodePhoto.ts';
import { openPhoto, type Photo } from '../images/openPhoto.ts';
import { workingSize } from '../images/sizes.ts';

/** A photo and its pixels at the size from which all thumbnails are made. */
export interface DecodedPhoto {
  readonly photo: Photo;
  readonly pixels: Pixels;
}

/**
 * Fetches and decodes a photo. Throws NonRetryableError, naming the photo, for what no further attempt could change;
 * an outage of the storage is thrown as it came and tried again.
 */
export async function readPhoto(ref: ArtifactRef, context: TaskContext): Promise<DecodedPhoto> {
  const body = await fetchBody(ref, context);
  context.signal.throwIfAborted();
  const photo = await openPhoto(body);
  if (!photo.ok) throw refusal(ref, photo.error);
  const pixels = await decodePhoto(photo.value, workingSize(photo.value));
  if (!pixels.ok) throw refusal(ref, pixels.error);
  return { photo: photo.value, pixels: pixels.value };
}

async function fetchBody(ref: ArtifactRef, { artifacts }: TaskContext): Promise<Uint8Array> {
  try {
    return await artifacts.read(ref);
  } catch (cause) {
    if (!(cause instanceof ArtifactNotFoundError)) throw cause;
    throw refusal(ref, 'expected a stored file, got nothing', { cause });
  }
}

function refusal(ref: ArtifactRef, problem: string, options?: ErrorOptions): NonRetryableError {
  return new NonRetryableError(`photo ${ref}: ${problem}`, options);
}
