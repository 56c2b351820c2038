import { z } from 'zod';
import type { ArtifactRef } from './context.ts';

/** Keys without empty, `.` or `..` segments, at most 900 of the 1,024 bytes that S3 takes. */
const PATTERN = /^artifact:(?!.*(?:^|[:/])\.{0,2}(?:\/|$))\P{Cc}{1,900}$/u;

export function isArtifactRef(text: string): text is ArtifactRef {
  return PATTERN.test(text);
}

/** Schema of a reference to a stored file, as `taskfleet put` prints it. */
export const artifactRef = z.custom<ArtifactRef>(
  (value) => typeof value === 'string' && isArtifactRef(value),
  'expected a reference such as artifact:uploads/photo.jpg (taskfleet put <file> prints one)',
);
