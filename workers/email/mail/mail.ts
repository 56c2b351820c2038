import type { Readable } from 'node:stream';

/** A message as the mail server is given it. */
export interface Message {
  /** With its angle brackets. The same in every attempt, so that receivers can tell a second copy. */
  readonly messageId: string;
  /** Whom its header names, each as the caller wrote it. */
  readonly to: readonly string[];
  /** The plain addresses that it still has to go to. At least one. */
  readonly recipients: readonly string[];
  readonly subject: string;
  readonly text: string;
  readonly html?: string | undefined;
  readonly replyTo?: string | undefined;
  readonly attachments: readonly Attachment[];
}

export interface Attachment {
  readonly fileName: string;
  readonly contentType: string;
  /** Opens the file; nothing is held before it is read. */
  readonly open: () => Readable;
}

/** An address that was not served, and what the mail server said, in one line. */
export interface Refusal {
  readonly address: string;
  readonly reason: string;
}

/** What became of a message, by recipient. */
export interface Verdict {
  /** As the server calls the message. */
  readonly messageId: string;
  readonly accepted: readonly string[];
  /** Refused for good. */
  readonly refused: readonly Refusal[];
  /** Refused for now. */
  readonly deferred: readonly Refusal[];
}

/** What the handler needs of the world. */
export interface Mail {
  /** The sender's address, `Taskfleet <taskfleet@example.org>` or plain. */
  readonly from: string;
  /**
   * Hands a message to the mail server. Resolves to what the server said of it; throws MailServerError when it said nothing of the message,
   * as where it cannot be reached. `signal` closes the connection in the middle.
   */
  send(message: Message, signal: AbortSignal): Promise<Verdict>;
  /** Waits until a further message of the same task may follow. */
  pause(signal: AbortSignal): Promise<void>;
}
