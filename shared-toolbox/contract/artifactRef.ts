import { z } from 'zod';
import type { ArtifactRef } from './artifacts.ts';
import { OFFLOAD_ROOT } from './offload.ts';

/** S3 takes 1,024 bytes; the rest is for prefixes to come. */
const LONGEST_KEY_BYTES = 900;

const PATTERN = /^artifact:(?<key>\P{Cc}+)$/u;

/**
 * Whether it is `artifact:` and a key without empty, `.` or `..` segments. Large values of tasks are no files: whoever may choose
 * a reference must not reach another task's input, which may hold secrets.
 */
export function isArtifactRef(text: string): text is ArtifactRef {
  const { key } = PATTERN.exec(text)?.groups ?? {};
  return (
    key !== undefined &&
    Buffer.byteLength(key) <= LONGEST_KEY_BYTES &&
    !key.startsWith(OFFLOAD_ROOT) &&
    !key.split('/').some((segment) => ['', '.', '..'].includes(segment))
  );
}

/** Schema of a reference to a stored file, as `taskfleet put` prints it. */
export const artifactRef = z.custom<ArtifactRef>(
  (value) => typeof value === 'string' && isArtifactRef(value),
  'expected a reference such as artifact:uploads/photo.jpg (taskfleet put <file> prints one)',
);
