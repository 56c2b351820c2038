import { Readable } from 'node:stream';
import { Upload } from '@aws-sdk/lib-storage';
import type { ArtifactRef } from '../contract/index.ts';
import type { ArtifactBucket } from './artifactBucket.ts';
import { refOf } from './artifactRefs.ts';
import { untilAborted } from './untilAborted.ts';

export interface ArtifactToPut {
  /** Path in the bucket, such as `uploads/3f2a/photo.jpg`. */
  readonly key: string;
  readonly body: Uint8Array | AsyncIterable<Uint8Array>;
  readonly contentType: string;
}

/** Larger files go in parts of this size. S3's least is 5 MiB; the local emulator takes 11 MiB in a request. */
export const PART_BYTES = 8 * 1_048_576;

/** Parts of a file that are under way at the same time: each is in memory. */
const PARTS_AT_ONCE = 2;

/**
 * Stores a file and returns its reference. The same key again replaces it. Rejects with what the body throws, or with the signal's reason,
 * and then nothing is stored: parts that have arrived are removed. Throws FormatError for a key that no reference can carry.
 */
export async function putArtifact(
  { s3, bucketName }: ArtifactBucket,
  { key, body, contentType }: ArtifactToPut,
  signal?: AbortSignal,
): Promise<ArtifactRef> {
  const ref = refOf(key);
  const bytes = untilAborted(body instanceof Uint8Array ? partsOf(body) : body, signal);
  const Body = Readable.from(bytes, { objectMode: false });
  const params = { Bucket: bucketName, Key: key, Body, ContentType: contentType };
  const options = { partSize: PART_BYTES, queueSize: PARTS_AT_ONCE };
  await new Upload({ client: s3, params, ...options }).done();
  return ref;
}

async function* partsOf(body: Uint8Array): AsyncGenerator<Uint8Array, void, undefined> {
  for (let at = 0; at < body.length; at += PART_BYTES) yield body.subarray(at, at + PART_BYTES);
}
