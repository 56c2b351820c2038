import { ListObjectsV2Command, NoSuchKey, NotFound, S3ServiceException } from '@aws-sdk/client-s3';
import type { ArtifactBucket } from './artifactBucket.ts';

/**
 * Whether nothing is stored under a key, after a request for it has failed. Whoever may list parts of the bucket only is told that it may
 * not read what is gone (docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html, permissions), and looks into the list. An outage, or
 * a right that is missing, is not taken for an end: false.
 */
export async function isGone(
  { s3, bucketName }: ArtifactBucket,
  key: string,
  error: unknown,
): Promise<boolean> {
  if (error instanceof NoSuchKey || error instanceof NotFound) return true;
  const isRefused = error instanceof S3ServiceException && error.$metadata.httpStatusCode === 403;
  if (!isRefused) return false;
  try {
    // In order of keys, so that the first is the key itself, if it is there.
    const list = new ListObjectsV2Command({ Bucket: bucketName, Prefix: key, MaxKeys: 1 });
    const { Contents: [first] = [] } = await s3.send(list);
    return first?.Key !== key;
  } catch {
    return false;
  }
}
