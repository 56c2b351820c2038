import { implement } from '@taskfleet/toolbox/contract';
import { thumbnailsWorker } from './contract.ts';
import { createThumbnails } from './handlers/createThumbnails.ts';

/** The worker and its handler; importing it starts nothing. */
export const thumbnails = implement(thumbnailsWorker, { 'thumbnails.create': createThumbnails });
