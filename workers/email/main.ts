import { runWorker } from '@taskfleet/toolbox/runtime';
import { emailWith } from './implementation.ts';
import { openMail } from './mail/openMail.ts';

await runWorker(
  emailWith(openMail({ server: 'smtp://127.0.0.1:1025', from: 'taskfleet@localhost' })),
);
