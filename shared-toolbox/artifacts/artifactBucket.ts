import type { S3Client } from '@aws-sdk/client-s3';
import type { Artifacts } from '../contract/index.ts';
import { putArtifact, readArtifact } from './storeArtifact.ts';

/** The stage's bucket, and the client that reaches it. */
export interface ArtifactBucket {
  readonly s3: S3Client;
  readonly bucketName: string;
}

/** A worker's view of the bucket: reads what it is given a reference to, writes under its own prefix. */
export function artifactsOf(bucket: ArtifactBucket, worker: string): Artifacts {
  return {
    read: (ref, options) => readArtifact(bucket, ref, options),
    write: (name, body, contentType) =>
      putArtifact(bucket, { key: `${worker}/${name}`, body, contentType }),
  };
}
