import type { AnyTask, ArtifactRef } from '@taskfleet/toolbox/contract';
import { demonstration as thumbnails } from '@taskfleet/worker-thumbnails/demo';

/** What a worker can show when the fleet is new: files go in, each becomes the input of one task. */
export interface Demonstration {
  readonly task: AnyTask;
  readonly files: () => AsyncIterable<DemonstrationFile>;
  readonly input: (ref: ArtifactRef, name: string) => unknown;
}

export interface DemonstrationFile {
  readonly name: string;
  readonly contentType: string;
  readonly body: Uint8Array;
}

/** What `npm start` shows in an empty folder. */
export const demonstration: Demonstration = thumbnails;
