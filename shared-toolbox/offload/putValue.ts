import { PutObjectCommand, type PutObjectCommandInput } from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { type ArtifactBucket, PART_BYTES } from '../artifacts/index.ts';
import { withTimeLimit } from './timeLimit.ts';

export interface ValueToPut {
  /** As `inputKey` and `outputKey` make it. */
  readonly key: string;
  /** JSON. */
  readonly text: string;
  /** Ends the call, which then rejects. */
  readonly signal?: AbortSignal;
}

/** Stores a value, as a whole or not at all. The same key again replaces it. Rejects with the SDK's errors. */
export async function putValue(
  { s3, bucketName }: ArtifactBucket,
  { key, text, signal }: ValueToPut,
): Promise<void> {
  const abortSignal = withTimeLimit(signal);
  const body = Buffer.from(text);
  const params = { Bucket: bucketName, Key: key, Body: body, ContentType: 'application/json' };
  if (body.byteLength > PART_BYTES) await putInParts(s3, params, abortSignal);
  else await s3.send(new PutObjectCommand(params), { abortSignal });
}

/** S3 takes 5 GB in one request, the local emulator 11 MiB: what runs on AWS is to run on a laptop. */
async function putInParts(
  client: ArtifactBucket['s3'],
  params: PutObjectCommandInput,
  signal: AbortSignal,
): Promise<void> {
  signal.throwIfAborted();
  const upload = new Upload({ client, params, partSize: PART_BYTES });
  const abort = () => void upload.abort();
  signal.addEventListener('abort', abort, { once: true });
  try {
    await upload.done();
  } finally {
    signal.removeEventListener('abort', abort);
  }
}
