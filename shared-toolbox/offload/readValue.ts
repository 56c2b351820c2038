import { GetObjectCommand } from '@aws-sdk/client-s3';
import { type ArtifactBucket, isGone } from '../artifacts/index.ts';
import { type Json, type OffloadPart, StoredValueError, type TaskId } from '../contract/index.ts';
import { withTimeLimit } from './timeLimit.ts';

/** A value in the bucket: whose it is, and where. */
export interface StoredValue {
  readonly id: TaskId;
  readonly part: OffloadPart;
  readonly key: string;
  /** Ends the call, which then rejects. */
  readonly signal?: AbortSignal;
}

/**
 * The value as it was stored. Throws StoredValueError for what trying again would not mend: nothing is there, or no JSON.
 * Rejects with the SDK's errors when the bucket cannot be reached.
 */
export async function readValue(bucket: ArtifactBucket, stored: StoredValue): Promise<Json> {
  const { id, part } = stored;
  const text = await readText(bucket, stored);
  if (text === undefined) throw new StoredValueError(id, part, 'is gone');
  try {
    return JSON.parse(text) as Json;
  } catch (cause) {
    throw new StoredValueError(id, part, 'is not JSON', { cause });
  }
}

/** undefined when nothing is stored there. */
async function readText(
  bucket: ArtifactBucket,
  { key, signal }: StoredValue,
): Promise<string | undefined> {
  const command = new GetObjectCommand({ Bucket: bucket.bucketName, Key: key });
  try {
    const { Body } = await bucket.s3.send(command, { abortSignal: withTimeLimit(signal) });
    return (await Body?.transformToString()) ?? '';
  } catch (error) {
    if (await isGone(bucket, key, error)) return undefined;
    throw error;
  }
}
