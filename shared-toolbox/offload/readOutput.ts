import type { ArtifactBucket } from '../artifacts/index.ts';
import { BucketMissingError, type Json, type TaskRecord } from '../contract/index.ts';
import { readValue } from './readValue.ts';

/**
 * What the task returned, from the record or the bucket; undefined while there is none. Throws StoredValueError when the object
 * is gone, and BucketMissingError when there is no bucket to ask.
 */
export async function readOutput(
  bucket: ArtifactBucket | undefined,
  { id, output, outputAt, outputBytes = 0 }: TaskRecord,
): Promise<Json | undefined> {
  if (outputAt === undefined) return output;
  if (!bucket) throw new BucketMissingError(id, outputBytes);
  return readValue(bucket, { id, part: 'output', key: outputAt });
}
