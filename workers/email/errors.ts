import { TaskfleetError } from '@taskfleet/toolbox/contract';

/** Thrown when the mail server could not be asked, or has put the message off: another attempt follows. */
export class MailServerError extends TaskfleetError {
  readonly code = 'mail_server';
}
