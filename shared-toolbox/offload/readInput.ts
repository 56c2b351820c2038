import type { ArtifactBucket } from '../artifacts/index.ts';
import type { Json, TaskRecord } from '../contract/index.ts';
import { readValue } from './readValue.ts';

/** What the task was given, from the record without its secrets, or a large one from the bucket with them. Throws StoredValueError when the object is gone. */
export async function readInput(
  bucket: ArtifactBucket,
  { id, input, inputAt }: TaskRecord,
): Promise<Json | undefined> {
  return inputAt === undefined ? input : readValue(bucket, { id, part: 'input', key: inputAt });
}
