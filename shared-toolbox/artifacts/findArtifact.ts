import { HeadObjectCommand, paginateListObjectsV2 } from '@aws-sdk/client-s3';
import { type ArtifactRef, isArtifactRef, type StoredArtifact } from '../contract/index.ts';
import type { ArtifactBucket } from './artifactBucket.ts';
import { keyOf, refOf } from './artifactRefs.ts';
import { isGone } from './isGone.ts';

/** What is known of a file; undefined when nothing is stored there. */
export async function findArtifact(
  bucket: ArtifactBucket,
  ref: ArtifactRef,
): Promise<StoredArtifact | undefined> {
  const key = keyOf(ref);
  try {
    const head = new HeadObjectCommand({ Bucket: bucket.bucketName, Key: key });
    const { ContentLength, ...seen } = await bucket.s3.send(head);
    return storedArtifact(ref, { Size: ContentLength, ...seen });
  } catch (error) {
    if (await isGone(bucket, key, error)) return undefined;
    throw error;
  }
}

/** Files whose keys begin so, in order. Objects that no reference can lead to, such as a folder's own, are left out. */
export async function* listArtifacts(
  { s3, bucketName }: ArtifactBucket,
  prefix: string,
  signal?: AbortSignal,
): AsyncGenerator<StoredArtifact, void, undefined> {
  signal?.throwIfAborted();
  const pages = paginateListObjectsV2({ client: s3 }, { Bucket: bucketName, Prefix: prefix });
  for await (const { Contents = [] } of pages) {
    for (const { Key = '', ...seen } of Contents) {
      signal?.throwIfAborted();
      if (isArtifactRef(`artifact:${Key}`)) yield storedArtifact(refOf(Key), seen);
    }
  }
}

interface Seen {
  readonly Size?: number | undefined;
  readonly LastModified?: Date | undefined;
  readonly ETag?: string | undefined;
}

function storedArtifact(
  ref: ArtifactRef,
  { Size: sizeBytes = 0, LastModified, ETag: version = '' }: Seen,
): StoredArtifact {
  // A list may have fractions of a second, a file's own header has none.
  const seconds = Math.floor((LastModified?.getTime() ?? 0) / 1_000);
  return { ref, sizeBytes, modifiedAt: seconds * 1_000, version };
}
