import { refOf } from '../artifacts/index.ts';
import {
  ArtifactNotFoundError,
  type ArtifactRef,
  type Artifacts,
  TooLargeError,
} from '../contract/index.ts';

/** A file that a handler has stored. */
export interface StoredFile {
  readonly body: Uint8Array;
  readonly contentType: string;
}

/** A worker's view of a bucket in memory: `files` are there before, what it writes goes into `stored`, and can be read as well. */
export function memoryArtifacts(
  worker: string,
  files: Readonly<Record<ArtifactRef, Uint8Array>>,
  stored: Map<ArtifactRef, StoredFile>,
): Artifacts {
  return {
    read: async (ref, { maximumBytes = Infinity } = {}) => {
      const body = stored.get(ref)?.body ?? files[ref];
      if (!body) throw new ArtifactNotFoundError(ref);
      if (body.length <= maximumBytes) return body;
      throw new TooLargeError(`the file ${ref}`, body.length, maximumBytes);
    },
    write: async (name, body, contentType) => {
      const ref = refOf(`${worker}/${name}`);
      stored.set(ref, { body, contentType });
      return ref;
    },
  };
}
