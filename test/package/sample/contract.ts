import { defineTask, defineWorker, secret, threads } from '@taskfleet/toolbox/contract';
import { z } from 'zod';

export const countWords = defineTask('words.count', {
  // What people write is theirs: no record and no log shows it.
  input: z.object({ text: secret(z.string()) }),
  output: z.object({ words: z.int(), longest: z.int() }),
  timeLimit: '1m',
});

/** Counting is computing: in a thread it delays no heartbeat. */
export const wordsWorker = defineWorker('words', {
  tasks: [countWords],
  concurrency: 2,
  pool: threads({ maxMemory: '128MB' }),
});
