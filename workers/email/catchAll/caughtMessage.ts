import PostalMime from 'postal-mime';

/** A message that somebody sent, opened. */
export interface CaughtMessage {
  /** In order of arrival, and the name of its file without `.eml`. */
  readonly id: string;
  /** Plain address of the sender, as the connection named it. */
  readonly from: string;
  /** Plain addresses that it went to, as the connection named them. */
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
  /** As it came: show it where it can do nothing, as in a frame with `sandbox`. */
  readonly html?: string;
  /** With its angle brackets. */
  readonly messageId: string;
  /** Milliseconds since 1970 when it came. */
  readonly at: number;
  readonly attachments: readonly CaughtAttachment[];
}

export interface CaughtAttachment {
  readonly fileName: string;
  readonly sizeBytes: number;
}

/** Who sent a message to whom, and when. */
export interface Envelope {
  readonly from: string;
  readonly to: readonly string[];
  readonly at: number;
}

/** A message as a file: the envelope in headers before its own, as servers that deliver do it. */
export function messageFile({ from, to, at }: Envelope, message: Uint8Array): Uint8Array {
  const headers = [
    `Return-Path: <${from}>`,
    ...to.map((address) => `Delivered-To: ${address}`),
    `Delivery-Date: ${new Date(at).toISOString()}`,
  ];
  return Buffer.concat([Buffer.from(headers.map((line) => `${line}\r\n`).join('')), message]);
}

/** Opens what `messageFile` has made. */
export async function openMessage(id: string, file: Uint8Array): Promise<CaughtMessage> {
  const { headers, html, ...email } = await PostalMime.parse(file);
  const valuesOf = (key: string) =>
    headers.filter((header) => header.key === key).map(({ value }) => value);
  return {
    id,
    from: valuesOf('return-path')[0]?.replace(/^<(.*)>$/, '$1') ?? '',
    to: valuesOf('delivered-to'),
    subject: email.subject ?? '',
    // The last line's end belongs to the transfer.
    text: email.text?.trimEnd() ?? '',
    ...(html !== undefined && { html: html.trimEnd() }),
    messageId: email.messageId ?? '',
    at: Date.parse(valuesOf('delivery-date')[0] ?? '') || 0,
    attachments: email.attachments.map(({ filename, content }) => ({
      fileName: filename ?? '',
      sizeBytes: typeof content === 'string' ? content.length : content.byteLength,
    })),
  };
}
