import { implement } from '@taskfleet/toolbox/contract';
import { emailWorker } from './contract.ts';
import { emailSend } from './handlers/emailSend.ts';

/** The worker and its handlers; importing it starts nothing. */
export const implementation = implement(emailWorker, { 'email.send': emailSend });
