import { Readable } from 'node:stream';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import {
  ArtifactNotFoundError,
  type ArtifactRef,
  type ReadOptions,
  TooLargeError,
} from '../contract/index.ts';
import type { ArtifactBucket } from './artifactBucket.ts';
import { keyOf } from './artifactRefs.ts';
import { destroyOn } from './destroyOn.ts';
import { isGone } from './isGone.ts';

/**
 * The whole file behind a reference. Throws ArtifactNotFoundError when nothing is stored there, and TooLargeError, before
 * reading it, when it has more than `maximumBytes`.
 */
export async function readArtifact(
  bucket: ArtifactBucket,
  ref: ArtifactRef,
  { maximumBytes = Infinity }: ReadOptions = {},
): Promise<Uint8Array> {
  const { ContentLength: sizeBytes = 0, Body } = await getObject(bucket, ref);
  if (sizeBytes > maximumBytes) {
    discard(Body);
    throw new TooLargeError(`the file ${ref}`, sizeBytes, maximumBytes);
  }
  return (await Body?.transformToByteArray()) ?? new Uint8Array();
}

/** The same file bit by bit, until the signal aborts: whoever reads then is given its reason. */
export async function streamArtifact(
  bucket: ArtifactBucket,
  ref: ArtifactRef,
  signal?: AbortSignal,
): Promise<AsyncIterable<Uint8Array>> {
  const { Body } = await getObject(bucket, ref, signal);
  const body = Body instanceof Readable ? Body : Readable.from([]);
  const ended = destroyOn(signal, body);
  body.once('close', () => ended[Symbol.dispose]());
  return body;
}

async function getObject(bucket: ArtifactBucket, ref: ArtifactRef, signal?: AbortSignal) {
  const key = keyOf(ref);
  const command = new GetObjectCommand({ Bucket: bucket.bucketName, Key: key });
  try {
    return await bucket.s3.send(command, signal && { abortSignal: signal });
  } catch (error) {
    signal?.throwIfAborted();
    if (await isGone(bucket, key, error)) throw new ArtifactNotFoundError(ref);
    throw error;
  }
}

/** Closes the answer's connection instead of reading a body that nobody wants. */
function discard(body: unknown): void {
  if (body instanceof Readable) body.destroy();
}
