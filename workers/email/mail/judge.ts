import type { NodemailerError } from 'nodemailer';
import { MailServerError } from '../errors.ts';
import type { Message, Refusal, Verdict } from './mail.ts';
import type { Taken } from './transport.ts';

/** Of a message that was taken: everybody has it whose address was not refused. */
export function judgeTaken(message: Message, taken: Taken): Verdict {
  const { refused, deferred } = judgeRecipients(message, taken.rejectedErrors ?? []);
  const missing = new Set([...refused, ...deferred].map(({ address }) => address));
  return {
    messageId: taken.serverMessageId ?? taken.messageId,
    accepted: message.recipients.filter((address) => !missing.has(address)),
    refused,
    deferred,
  };
}

/**
 * Of a message that was taken for nobody. Throws MailServerError for what says nothing of the message: no connection, no login, a server
 * that is closing. Those may be mended without anything of the task being changed.
 */
export function judgeFailed(message: Message, thrown: unknown): Verdict {
  const error = thrown as NodemailerError;
  const { messageId, recipients } = message;
  const none = { messageId, accepted: [], refused: [], deferred: [] };
  if (error.rejectedErrors) return { ...none, ...judgeRecipients(message, error.rejectedErrors) };
  if (!isForGood(error)) throw serverError(error);
  return { ...none, refused: recipients.map((address) => refusal(address, error)) };
}

function judgeRecipients(
  { recipients }: Message,
  errors: readonly NodemailerError[],
): Pick<Verdict, 'refused' | 'deferred'> {
  const ofKind = (isRefused: boolean) =>
    errors
      .filter((error) => isForGood(error) === isRefused)
      .map((error) => refusal(asAsked(recipients, error.recipient ?? ''), error));
  return { refused: ofKind(true), deferred: ofKind(false) };
}

/** nodemailer writes domains in small letters. */
function asAsked(recipients: readonly string[], address: string): string {
  const isMeant = (one: string) => one.toLowerCase() === address.toLowerCase();
  return recipients.find(isMeant) ?? address;
}

/** Answers such as 530 and 535 are about the login, whichever command they answer. */
const LOGIN_ANSWERS = /^53[0-9]$/;

/** What Amazon SES says of a message, and would say of it again. */
const SES_REFUSALS = new Set(['MessageRejected', 'BadRequestException']);

/** Whether the same message would be refused again. */
function isForGood({ code, command, name, permanent, responseCode }: NodemailerError): boolean {
  if (code === 'ESES') return SES_REFUSALS.has(name);
  if (code !== 'EENVELOPE' && code !== 'EMESSAGE') return false;
  // nodemailer's own check, before it asks the server.
  if (command === 'API') return true;
  return permanent === true && !LOGIN_ANSWERS.test(String(responseCode));
}

function refusal(address: string, error: NodemailerError): Refusal {
  return { address, reason: oneLine(error.response ?? error.message) };
}

/** Servers repeat what they do not understand: what they say of a login may hold the password, so that only the code is told. */
function serverError(error: NodemailerError): MailServerError {
  if (error.code === 'EAUTH') {
    const answer = error.responseCode === undefined ? 'no answer' : `${error.responseCode}`;
    return new MailServerError(`the mail server refused the login (${answer})`);
  }
  return new MailServerError(`the mail server took nothing: ${oneLine(error.message)}`, {
    cause: error,
  });
}

const LONGEST_REASON = 300;

function oneLine(text: string): string {
  // oxlint-disable-next-line eslint/no-control-regex -- what a server says is shown to people
  return text
    .replaceAll(/[\s\p{Cc}]+/gu, ' ')
    .trim()
    .slice(0, LONGEST_REASON);
}
