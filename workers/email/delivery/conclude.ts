import { NonRetryableError, type ReturnOf } from '@taskfleet/toolbox/contract';
import type { sendEmail } from '../contract.ts';
import { MailServerError } from '../errors.ts';
import type { Refusal, Verdict } from '../mail/mail.ts';

/**
 * What the task comes to once every message has its verdict. Throws MailServerError while somebody was put off, and NonRetryableError when
 * everybody was refused. Pure.
 */
export function conclude(verdicts: readonly Verdict[]): ReturnOf<typeof sendEmail> {
  const [deferred, refused] = [
    verdicts.flatMap((verdict) => verdict.deferred),
    verdicts.flatMap((verdict) => verdict.refused),
  ];
  const sent = verdicts
    .filter(({ accepted }) => accepted.length > 0)
    .map(({ accepted, messageId }) => ({ to: [...accepted], messageId }));
  const reached = sent.flatMap(({ to }) => to).length;
  if (deferred.length > 0) {
    throw new MailServerError(`the mail server put off ${describe(deferred)}${taken(reached)}`);
  }
  if (reached === 0) throw new NonRetryableError(`the mail server refused ${describe(refused)}`);
  return { sent, refused };
}

function taken(reached: number): string {
  return reached === 0 ? '' : `; it has taken the message for ${reached} others, who get no second`;
}

/** A record's error is one line. */
const TOLD = 3;

function describe(refusals: readonly Refusal[]): string {
  const told = refusals.slice(0, TOLD).map(({ address, reason }) => `${address} (${reason})`);
  const more = refusals.length - told.length;
  return [...told, ...(more > 0 ? [`${more} more`] : [])].join(', ');
}
