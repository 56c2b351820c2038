import { Readable } from 'node:stream';
import type { Artifacts, ParsedInputOf } from '@taskfleet/toolbox/contract';
import type { sendEmail } from '../contract.ts';
import type { Attachment } from '../mail/mail.ts';

type Asked = NonNullable<ParsedInputOf<typeof sendEmail>['attachments']>;

/** Files of the bucket as attachments. */
export async function openAttachments(
  asked: Asked,
  artifacts: Artifacts,
): Promise<readonly Attachment[]> {
  return Promise.all(
    asked.map(async ({ file, ...named }) => {
      const body = await artifacts.read(file);
      return { ...named, open: () => Readable.from([body]) };
    }),
  );
}
