import { Readable } from 'node:stream';
import type { Message } from '../mail/mail.ts';

/** A message to Ada, with what a test asks for. */
export function message(fields: Partial<Message> = {}): Message {
  return {
    messageId: '<m1@example.org>',
    to: ['Ada Lovelace <ada@example.org>'],
    recipients: ['ada@example.org'],
    subject: 'Your export',
    text: 'It is ready.',
    attachments: [],
    ...fields,
  };
}

/** An attachment of which every reading gives this. */
export function attachment(fileName: string, parts: Iterable<Uint8Array>) {
  return { fileName, contentType: 'text/plain', open: () => Readable.from(parts) };
}
