import { runWorker } from '@taskfleet/toolbox/runtime';
import { emailWorker } from './contract.ts';
import { emailWith } from './implementation.ts';
import { openMail } from './mail/openMail.ts';

await runWorker(emailWorker, (settings) => emailWith(openMail(settings)));
