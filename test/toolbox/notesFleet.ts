import { defineFleet, defineTask, defineWorker, secret } from '@taskfleet/toolbox/contract';
import { z } from 'zod';

const quick = { initial: '1s', factor: 1, jitter: false } as const;

export const addNote = defineTask('notes.add', {
  input: z.object({ text: z.string(), pin: secret(z.string()).optional() }),
  output: z.object({ length: z.number(), text: z.string().optional() }),
  retry: { maxAttempts: 3, backoff: quick },
});

/** Strictly in order within a notebook; what its handler says is not kept. */
export const orderNote = defineTask('notes.order', {
  input: z.object({ notebook: z.string(), n: z.number() }),
  output: z.json(),
  retry: { maxAttempts: 3, backoff: quick },
  group: ({ notebook }) => notebook,
  log: false,
});

export const limitedNote = defineTask('notes.limited', {
  input: z.object({}),
  output: z.json(),
  retry: { maxAttempts: 1 },
  timeLimit: '1s',
});

export const notesWorker = defineWorker('notes', {
  tasks: [addNote, orderNote, limitedNote],
  lease: '6s',
});

export const sendMail = defineTask('mail.send', { input: z.object({}), output: z.null() });
export const mailWorker = defineWorker('mail', { tasks: [sendMail] });

export const notesFleet = defineFleet([notesWorker, mailWorker]);
