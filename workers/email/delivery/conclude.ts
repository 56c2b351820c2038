import { NonRetryableError, type ReturnOf } from '@taskfleet/toolbox/contract';
import type { sendEmail } from '../contract.ts';
import { MailServerError } from '../errors.ts';
import type { Refusal } from '../mail/mail.ts';
import type { Note } from './notes.ts';

/**
 * What a task comes to by what is settled of its messages, and by who was put off. Throws MailServerError while somebody was, and
 * NonRetryableError when everybody was refused. Pure.
 */
export function conclude(
  notes: readonly Note[],
  deferred: readonly Refusal[],
): ReturnOf<typeof sendEmail> {
  const sent = notes
    .filter(({ accepted }) => accepted.length > 0)
    .map(({ accepted, messageId }) => ({ to: accepted, messageId }));
  const refused = notes.flatMap((note) => note.refused);
  if (deferred.length > 0) {
    const others = sent.flatMap(({ to }) => to).length;
    const taken = others > 0 ? `; sent to the other ${others}` : '';
    throw new MailServerError(`the mail server put off ${describe(deferred)}${taken}`);
  }
  if (sent.length > 0) return { sent, refused };
  throw new NonRetryableError(`the mail server refused ${describe(refused)}`);
}

/** A record's error is one line. */
const TOLD = 3;

function describe(refusals: readonly Refusal[]): string {
  const told = refusals.slice(0, TOLD).map(({ address, reason }) => `${address} (${reason})`);
  const more = refusals.length - told.length;
  return [...told, ...(more > 0 ? [`${more} more`] : [])].join(', ');
}
