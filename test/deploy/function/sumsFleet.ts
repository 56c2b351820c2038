import { defineFleet, defineTask, defineWorker, lambda } from '@taskfleet/toolbox/contract';
import { z } from 'zod';

/** Adds two numbers; negative sums fail until the second attempt. */
export const addOnLambda = defineTask('sums.add', {
  input: z.object({ a: z.number(), b: z.number() }),
  output: z.number(),
  retry: { maxAttempts: 2, backoff: { initial: '1s' } },
  timeLimit: '20s',
});

export const sumsWorker = defineWorker('sums', {
  tasks: [addOnLambda],
  concurrency: 4,
  compute: lambda({ memory: 512, maxConcurrency: 3 }),
});

/** A worker on Lambda, for the deployment's rehearsal. */
export const sumsFleet = defineFleet([sumsWorker]);
