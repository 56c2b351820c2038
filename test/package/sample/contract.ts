import { defineTask, defineWorker, threads } from '@taskfleet/toolbox/contract';
import { z } from 'zod';

export const countWords = defineTask('words.count', {
  input: z.object({ text: z.string() }),
  output: z.object({ words: z.int(), longest: z.string() }),
  timeLimit: '1m',
});

/** Counting is computing: in a thread it delays no heartbeat. */
export const wordsWorker = defineWorker('words', {
  tasks: [countWords],
  concurrency: 2,
  pool: threads({ maxMemory: '128MB' }),
});
