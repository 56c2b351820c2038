import { GetObjectCommand } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import {
  ArtifactNotFoundError,
  type ArtifactRef,
  FormatError,
  type LinkOptions,
  parseDuration,
} from '../contract/index.ts';
import type { ArtifactBucket } from './artifactBucket.ts';
import { keyOf } from './artifactRefs.ts';
import { findArtifact } from './findArtifact.ts';

/** What a signature lasts at most (docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html). */
const LONGEST_SECONDS = 604_800;

/**
 * A link to the file, which is saved and never shown by a browser: it may hold a page of somebody else. Throws ArtifactNotFoundError, and
 * FormatError for a time outside of 1 second to 7 days.
 */
export async function linkToArtifact(
  bucket: ArtifactBucket,
  ref: ArtifactRef,
  options: LinkOptions = {},
): Promise<string> {
  const { seconds, disposition } = linkTerms(ref, options);
  if (!(await findArtifact(bucket, ref))) throw new ArtifactNotFoundError(ref);
  const file = { Bucket: bucket.bucketName, Key: keyOf(ref) };
  const command = new GetObjectCommand({ ...file, ResponseContentDisposition: disposition });
  return getSignedUrl(bucket.s3, command, { expiresIn: seconds });
}

/** How long a link to the file leads there, and the header with which it answers. */
export function linkTerms(
  ref: ArtifactRef,
  { expires = '1h', fileName = keyOf(ref).split('/').at(-1) ?? '' }: LinkOptions = {},
) {
  return { seconds: secondsOf(expires), disposition: savedAs(fileName) };
}

function secondsOf(expires: string): number {
  const seconds = Math.floor((parseDuration(expires) ?? 0) / 1_000);
  if (seconds >= 1 && seconds <= LONGEST_SECONDS) return seconds;
  const message = `expected a time from "1s" to "7d", got "${expires}"`;
  throw new FormatError('link', { field: 'expires', message });
}

/** What a name cannot have, or what has it look like another: controls, halves of characters, separators, changes of direction. */
const NOT_IN_NAMES = /[\p{Cc}\uFFFD/\\\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu;

/**
 * The header that has a browser save a file under a name. Percent-encoded but for letters, digits and what RFC 5987 names, so that no name
 * can end the header's value.
 */
function savedAs(fileName: string): string {
  const name = fileName.toWellFormed().replaceAll(NOT_IN_NAMES, '_');
  const encoded = encodeURIComponent(name).replaceAll(/['()*]/g, percentEncoded);
  return `attachment; filename*=UTF-8''${encoded}`;
}

function percentEncoded(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}
