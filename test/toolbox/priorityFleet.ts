import { defineFleet, defineTask, defineWorker } from '@taskfleet/toolbox/contract';
import { z } from 'zod';

/** Low, unless it is asked for otherwise. */
export const print = defineTask('print.page', {
  input: z.object({ n: z.int() }),
  output: z.null(),
  retry: { maxAttempts: 1 },
  priority: 'low',
});

/** Of the same worker, without any. */
export const bind = defineTask('print.bind', { input: z.null(), output: z.null() });

export const printWorker = defineWorker('print', {
  tasks: [print, bind],
  priorities: true,
  concurrency: 2,
  lease: '6s',
});

/** A worker with priorities. */
export const printFleet = defineFleet([printWorker]);
