import type { AnyTask, ArtifactRef, InputOf } from '@taskfleet/toolbox/contract';
import { createThumbnails } from '../contract.ts';
import { samplePhotos } from './samplePhotos.ts';

/** A file for a demonstration to upload. */
export interface DemoFile {
  readonly name: string;
  readonly contentType: string;
  readonly body: Uint8Array;
}

/** How to show a worker at work: each file is stored, and one task is scheduled for it. */
export interface Demonstration<T extends AnyTask = AnyTask> {
  /** Made on the spot, one at a time. */
  readonly files: () => AsyncIterable<DemoFile>;
  readonly task: T;
  /** The task's input for a file that is stored under `ref`. */
  readonly input: (ref: ArtifactRef, name: string) => InputOf<T>;
}

export const demonstration: Demonstration<typeof createThumbnails> = {
  files: samplePhotos,
  task: createThumbnails,
  input: (photo) => ({ gallery: 'demo', photo }),
};
