import { implement } from '@taskfleet/toolbox/contract';
import { emailWorker } from './contract.ts';
import { sendEmail } from './handlers/sendEmail.ts';
import type { Mail } from './mail/mail.ts';

/** The worker and its handler, with the mail that it sends by; nothing is started. */
export function emailWith(mail: Mail) {
  return implement(emailWorker, { 'email.send': sendEmail(mail) });
}
