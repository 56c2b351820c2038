import type { Artifacts } from '../contract/index.ts';
import type { ArtifactBucket } from './artifactBucket.ts';
import { putArtifact, readArtifact } from './storeArtifact.ts';

/** A worker's view of the bucket: reads what it is given a reference to, writes under its own prefix. */
export function artifactsOf(bucket: ArtifactBucket, worker: string): Artifacts {
  return {
    read: (ref, options) => readArtifact(bucket, ref, options),
    write: (name, body, contentType) =>
      putArtifact(bucket, { key: `${worker}/${name}`, body, contentType }),
  };
}
