import type { NodemailerError, SendMailOptions } from 'nodemailer';

/** Hands a message to somebody who sends it on. Rejects with nodemailer's error. */
export type Transport = (message: SendMailOptions, signal: AbortSignal) => Promise<Taken>;

/** What nodemailer reports of a message that was taken for somebody. */
export interface Taken {
  readonly messageId: string;
  /** Set where the server has replaced the Message-ID. */
  readonly serverMessageId?: string | undefined;
  readonly rejectedErrors?: readonly NodemailerError[] | undefined;
}
