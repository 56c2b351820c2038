import { createHash } from 'node:crypto';
import type { ArtifactRef, StoredArtifact } from '@taskfleet/toolbox/contract';
import type { Size } from '../images/sizes.ts';

/** Where the photos of a gallery are that `thumbnails.gallery` looks after. */
export function photosOf(gallery: string): ArtifactRef {
  return `artifact:uploads/galleries/${gallery}/`;
}

/** What the names of its thumbnails begin with. */
export function galleryFolder(gallery: string): string {
  return `galleries/${gallery}/`;
}

/**
 * Where the thumbnails of any photo are, such as `summer/IMG_0042-6f1c0d9a2b3e4f50`. The same for the same photo, so that a second attempt
 * replaces the first one's files. The digest is of the whole reference: two photos of one name from different folders stay apart.
 */
export function thumbnailFolder(gallery: string, photo: ArtifactRef): string {
  return `${gallery}/${readablePart(photo)}-${digestOf(photo)}`;
}

/** The same for a photo of the gallery: another one when it was replaced, and for other sizes, so that its name says what it was made of. */
export function keptFolder(
  gallery: string,
  { ref, version }: Pick<StoredArtifact, 'ref' | 'version'>,
  sizes: readonly Size[],
): string {
  const digest = digestOf(JSON.stringify([ref, version, sizes]));
  return `${galleryFolder(gallery)}${readablePart(ref)}-${digest}`;
}

/** In a folder instead of thumbnails: why there are none. */
export const REFUSAL_FILE = 'refused.txt';

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

function readablePart(photo: ArtifactRef): string {
  const file = photo.slice(Math.max(photo.lastIndexOf('/'), photo.indexOf(':')) + 1);
  const stem = file.replace(/\.[^.]*$/, '').replaceAll(/[^A-Za-z0-9._-]+/g, '-');
  return stem.slice(0, 60) || 'photo';
}
