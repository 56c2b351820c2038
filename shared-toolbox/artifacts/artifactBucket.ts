import type { S3Client } from '@aws-sdk/client-s3';

/** The stage's bucket, and the client that reaches it. */
export interface ArtifactBucket {
  readonly s3: S3Client;
  readonly bucketName: string;
}
