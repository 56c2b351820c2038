import { GetObjectCommand, HeadObjectCommand, NotFound } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import type { ArtifactBucket } from '@taskfleet/toolbox/artifacts';
import { ArtifactNotFoundError, type ArtifactRef } from '@taskfleet/toolbox/contract';

/** Long enough to begin a download, short enough that a link in a history or a log is soon worth nothing. */
const LIVES_SECONDS = 300;

/** A link to the file, which is saved and never shown by a browser: it may hold a page of somebody else. Throws ArtifactNotFoundError. */
export async function linkToArtifact(
  { s3, bucketName }: ArtifactBucket,
  ref: ArtifactRef,
): Promise<string> {
  const key = ref.slice('artifact:'.length);
  const file = { Bucket: bucketName, Key: key };
  try {
    await s3.send(new HeadObjectCommand(file));
  } catch (error) {
    if (error instanceof NotFound) throw new ArtifactNotFoundError(ref);
    throw error;
  }
  const name = encodeURIComponent(key.split('/').at(-1) ?? '');
  const ResponseContentDisposition = `attachment; filename*=UTF-8''${name}`;
  return getSignedUrl(s3, new GetObjectCommand({ ...file, ResponseContentDisposition }), {
    expiresIn: LIVES_SECONDS,
  });
}
