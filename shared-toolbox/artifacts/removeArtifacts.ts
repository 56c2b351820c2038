import { DeleteObjectsCommand } from '@aws-sdk/client-s3';
import type { ArtifactBucket } from './artifactBucket.ts';
import { RemovalError } from './errors.ts';

/** What S3 takes in a request (docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjects.html). */
const AT_ONCE = 1_000;

/** Removes what is stored under the keys. What is not there is no error. Throws RemovalError for what S3 did not remove. */
export async function removeArtifacts(
  { s3, bucketName }: ArtifactBucket,
  keys: readonly string[],
): Promise<void> {
  for (let at = 0; at < keys.length; at += AT_ONCE) {
    const Objects = keys.slice(at, at + AT_ONCE).map((Key) => ({ Key }));
    const command = new DeleteObjectsCommand({
      Bucket: bucketName,
      Delete: { Objects, Quiet: true },
    });
    const { Errors: [first] = [] } = await s3.send(command);
    if (first) throw new RemovalError(first.Key ?? '', first.Message ?? first.Code ?? '');
  }
}
