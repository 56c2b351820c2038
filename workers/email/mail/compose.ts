import type { SendMailOptions } from 'nodemailer';
import { addressParts } from '../contract.ts';
import type { Attachment, Message } from './mail.ts';

/** A message as nodemailer takes it. Every part is given as data: no text of a task is read as an address list, a path or a URL. */
export function compose(from: string, message: Message): SendMailOptions {
  const { messageId, to, recipients, subject, text, html, replyTo, attachments } = message;
  return {
    from: addressParts(from),
    to: to.map(addressParts),
    envelope: { from: addressParts(from).address, to: [...recipients] },
    messageId,
    subject,
    text,
    ...(html !== undefined && { html }),
    ...(replyTo !== undefined && { replyTo: addressParts(replyTo) }),
    attachments: attachments.map(composeAttachment),
    // Programs that answer for people who are away leave it alone (RFC 3834).
    headers: { 'Auto-Submitted': 'auto-generated' },
    xMailer: false,
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

function composeAttachment({ fileName, contentType, open }: Attachment) {
  return { filename: fileName, contentType, content: open(), contentDisposition: 'attachment' };
}
