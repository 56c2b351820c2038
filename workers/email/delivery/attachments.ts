import { Readable } from 'node:stream';
import {
  ArtifactNotFoundError,
  type ArtifactRef,
  type Artifacts,
  type ParsedInputOf,
  TooLargeError,
} from '@taskfleet/toolbox/contract';
import type { sendEmail } from '../contract.ts';
import type { Attachment } from '../mail/mail.ts';

/**
 * Amazon SES takes 40 MB, in which a file has 37 % more than by itself (docs.aws.amazon.com/ses/latest/dg/quotas.html): with the longest
 * text and page beside them, 25 MB just fit. Most receivers take no more than that.
 */
const MOST_BYTES = 25_000_000;

type Asked = NonNullable<ParsedInputOf<typeof sendEmail>['attachments']>;
type Files = Pick<Artifacts, 'find' | 'stream'>;

/** Files of the bucket as attachments. Throws ArtifactNotFoundError and TooLargeError, of which neither is mended by another attempt. */
export async function openAttachments(asked: Asked, files: Files): Promise<Attachment[]> {
  const sizes = await Promise.all(asked.map(({ file }) => sizeOf(file, files)));
  const total = sizes.reduce((sum, size) => sum + size, 0);
  if (total > MOST_BYTES) throw new TooLargeError('what is attached', total, MOST_BYTES);
  return asked.map(({ fileName, contentType, file }) => ({
    fileName,
    contentType,
    open: () => Readable.from(contents(file, files), { objectMode: false }),
  }));
}

async function sizeOf(file: ArtifactRef, files: Files): Promise<number> {
  const found = await files.find(file);
  if (!found) throw new ArtifactNotFoundError(file);
  return found.sizeBytes;
}

/** Asks for the file only when somebody reads it. */
async function* contents(file: ArtifactRef, files: Files): AsyncGenerator<Uint8Array> {
  yield* await files.stream(file);
}
