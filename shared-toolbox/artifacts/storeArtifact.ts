import { Readable } from 'node:stream';
import { GetObjectCommand, NoSuchKey } from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import {
  ArtifactNotFoundError,
  type ArtifactRef,
  FormatError,
  isArtifactRef,
  type ReadOptions,
  TooLargeError,
} from '../contract/index.ts';
import type { ArtifactBucket } from './artifactBucket.ts';

export interface ArtifactToPut {
  /** Path in the bucket, such as `uploads/3f2a/photo.jpg`. */
  readonly key: string;
  readonly body: Uint8Array;
  readonly contentType: string;
}

/** Larger files go in parts of this size. S3's least is 5 MiB; the local emulator takes 11 MiB in a request. */
export const PART_BYTES = 8 * 1_048_576;

/** Stores a file and returns its reference. The same key again replaces it. Throws FormatError for a key that no reference can carry. */
export async function putArtifact(
  { s3, bucketName }: ArtifactBucket,
  { key, body, contentType }: ArtifactToPut,
): Promise<ArtifactRef> {
  const ref = refOf(key);
  const params = { Bucket: bucketName, Key: key, Body: body, ContentType: contentType };
  await new Upload({ client: s3, params, partSize: PART_BYTES }).done();
  return ref;
}

/** The reference to what is stored under a key. Throws FormatError for a key that no reference can carry. */
export function refOf(key: string): ArtifactRef {
  const ref = `artifact:${key}`;
  if (isArtifactRef(ref)) return ref;
  const message = `expected a path without empty, "." or ".." parts, got "${key}"`;
  throw new FormatError('artifact', { field: 'key', message });
}

/**
 * The whole file behind a reference. Throws ArtifactNotFoundError when nothing is stored there, and TooLargeError, before
 * reading it, when it has more than `maximumBytes`.
 */
export async function readArtifact(
  { s3, bucketName }: ArtifactBucket,
  ref: ArtifactRef,
  { maximumBytes = Infinity }: ReadOptions = {},
): Promise<Uint8Array> {
  try {
    const key = ref.slice('artifact:'.length);
    const object = await s3.send(new GetObjectCommand({ Bucket: bucketName, Key: key }));
    const sizeBytes = object.ContentLength ?? 0;
    if (sizeBytes > maximumBytes) {
      discard(object.Body);
      throw new TooLargeError(`the file ${ref}`, sizeBytes, maximumBytes);
    }
    return (await object.Body?.transformToByteArray()) ?? new Uint8Array();
  } catch (error) {
    if (error instanceof NoSuchKey) throw new ArtifactNotFoundError(ref);
    throw error;
  }
}

/** Closes the answer's connection instead of reading a body that nobody wants. */
function discard(body: unknown): void {
  if (body instanceof Readable) body.destroy();
}
