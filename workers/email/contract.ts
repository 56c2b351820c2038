import { defineTask, defineWorker } from '@taskfleet/toolbox/contract';
import { z } from 'zod';

/** What the task does, for whoever schedules it. */
export const emailSend = defineTask('email.send', {
  input: z.strictObject({
    /** Who is greeted. */
    name: z.string().min(1).max(200),
  }),
  output: z.object({ greeting: z.string() }),
  retry: { maxAttempts: 3 },
  timeLimit: '1m',
});

/** What its tasks have in common, and why they are one worker. */
export const emailWorker = defineWorker('email', {
  tasks: [emailSend],
  concurrency: 10,
});
