import { createHash } from 'node:crypto';
import type { ArtifactRef } from '@taskfleet/toolbox/contract';
import { PICTURE_TYPE } from '../images/renderThumbnail.ts';

/**
 * The name under which a thumbnail is stored: `summer/IMG_0042-6f1c0d9a2b3e4f50/large.webp`. The same for the same photo,
 * so that a second attempt replaces the first one's files. The digest is of the whole reference: two photos of one name
 * from different folders stay apart.
 */
export function thumbnailName(gallery: string, photo: ArtifactRef, size: string): string {
  const digest = createHash('sha256').update(photo).digest('hex').slice(0, 16);
  return `${gallery}/${readablePart(photo)}-${digest}/${size}.${PICTURE_TYPE.extension}`;
}

function readablePart(photo: ArtifactRef): string {
  const file = photo.slice(Math.max(photo.lastIndexOf('/'), photo.indexOf(':')) + 1);
  const stem = file.replace(/\.[^.]*$/, '').replaceAll(/[^A-Za-z0-9._-]+/g, '-');
  return stem.slice(0, 60) || 'photo';
}
