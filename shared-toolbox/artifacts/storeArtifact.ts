import { GetObjectCommand, NoSuchKey, PutObjectCommand } from '@aws-sdk/client-s3';
import {
  ArtifactNotFoundError,
  type ArtifactRef,
  FormatError,
  isArtifactRef,
} from '../contract/index.ts';
import type { ArtifactBucket } from './artifactBucket.ts';

export interface ArtifactToPut {
  /** Path in the bucket, such as `uploads/3f2a/photo.jpg`. */
  readonly key: string;
  readonly body: Uint8Array;
  readonly contentType: string;
}

/** Stores a file and returns its reference. The same key again replaces it. Throws FormatError for a key that no reference can carry. */
export async function putArtifact(
  { s3, bucketName }: ArtifactBucket,
  { key, body, contentType }: ArtifactToPut,
): Promise<ArtifactRef> {
  const ref = `artifact:${key}`;
  if (!isArtifactRef(ref)) {
    const message = `expected a path without empty, "." or ".." parts, got "${key}"`;
    throw new FormatError('artifact', { field: 'key', message });
  }
  await s3.send(
    new PutObjectCommand({ Bucket: bucketName, Key: key, Body: body, ContentType: contentType }),
  );
  return ref;
}

/** The whole file behind a reference. Throws ArtifactNotFoundError when nothing is stored there. */
export async function readArtifact(
  { s3, bucketName }: ArtifactBucket,
  ref: ArtifactRef,
): Promise<Uint8Array> {
  try {
    const key = ref.slice('artifact:'.length);
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucketName, Key: key }));
    return (await Body?.transformToByteArray()) ?? new Uint8Array();
  } catch (error) {
    if (error instanceof NoSuchKey) throw new ArtifactNotFoundError(ref);
    throw error;
  }
}
