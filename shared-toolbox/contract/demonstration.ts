import type { ArtifactRef } from './artifacts.ts';
import type { AnyTask, InputOf } from './task.ts';

/** A file for a demonstration to store. */
export interface DemonstrationFile {
  readonly name: string;
  readonly contentType: string;
  readonly body: Uint8Array;
}

/** How to show a worker at work in an empty local fleet: each file is stored, and one task is scheduled for it. */
export interface Demonstration<T extends AnyTask = AnyTask> {
  /** Made on the spot, one at a time. */
  readonly files: () => AsyncIterable<DemonstrationFile>;
  readonly task: T;
  /** The task's input for a file that is stored under `ref`. */
  readonly input: (ref: ArtifactRef, name: string) => InputOf<T>;
}
