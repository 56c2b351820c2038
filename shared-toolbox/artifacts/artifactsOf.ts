import type { Artifacts } from '../contract/index.ts';
import type { ArtifactBucket } from './artifactBucket.ts';
import { ownKeyOf, prefixOf } from './artifactRefs.ts';
import { findArtifact, listArtifacts } from './findArtifact.ts';
import { linkToArtifact } from './linkToArtifact.ts';
import { readArtifact, streamArtifact } from './readArtifact.ts';
import { removeArtifacts } from './removeArtifacts.ts';
import { putArtifact } from './storeArtifact.ts';

export interface ArtifactsOptions {
  /** Name of the worker. */
  readonly worker: string;
  /** Ends what is under way when it aborts. */
  readonly signal?: AbortSignal;
}

/** A worker's view of the bucket: reads what it is given a reference to, writes and removes under its own prefix. */
export function artifactsOf(
  bucket: ArtifactBucket,
  { worker, signal }: ArtifactsOptions,
): Artifacts {
  return {
    read: async (ref, options) => readArtifact(bucket, ref, options),
    stream: async (ref) => streamArtifact(bucket, ref, signal),
    write: async (name, body, contentType) =>
      putArtifact(bucket, { key: `${worker}/${name}`, body, contentType }, signal),
    find: async (ref) => findArtifact(bucket, ref),
    list: (folder) => listArtifacts(bucket, prefixOf(folder, worker), signal),
    remove: async (refs) =>
      removeArtifacts(
        bucket,
        refs.map((ref) => ownKeyOf(ref, worker)),
      ),
    link: async (ref, options) => linkToArtifact(bucket, ref, options),
  };
}
