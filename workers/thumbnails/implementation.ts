import { implement } from '@taskfleet/toolbox/contract';
import { thumbnailsWorker } from './contract.ts';
import { createThumbnails } from './handlers/createThumbnails.ts';
import { updateGallery } from './handlers/updateGallery.ts';
import type { Size } from './images/sizes.ts';

export type { Size } from './images/sizes.ts';

/** The worker and its handlers, for these sizes; importing it starts nothing. */
export function thumbnailsWith(sizes: readonly Size[]) {
  return implement(thumbnailsWorker, {
    'thumbnails.create': createThumbnails(sizes),
    'thumbnails.gallery': updateGallery(sizes),
  });
}
