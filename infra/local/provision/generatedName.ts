import { createHash } from 'node:crypto';

/** S3's bound (docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html); a table's is 255. */
const MAX_LENGTH = 63;

/**
 * The name that CloudFormation would make up, but the same at every start, so that the data is found again. In lower case,
 * because buckets take no other.
 */
export function generatedName(stackName: string, logicalId: string): string {
  const name = `${stackName}-${logicalId}`.toLowerCase();
  if (name.length <= MAX_LENGTH) return name;
  const hash = createHash('sha256').update(name).digest('hex').slice(0, 8);
  return `${name.slice(0, MAX_LENGTH - 9)}-${hash}`;
}
