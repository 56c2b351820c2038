import type { Demonstration } from '@taskfleet/toolbox/contract';
import { createThumbnails } from '../contract.ts';
import { samplePhotos } from './samplePhotos.ts';

/** Two galleries: photos of one are done in order, the galleries side by side. */
export const demonstration: Demonstration<typeof createThumbnails> = {
  files: samplePhotos,
  task: createThumbnails,
  input: (photo, name) => ({ gallery: name.endsWith('.jpg') ? 'summer' : 'travels', photo }),
};
