/** A fleet that both versions know: here stands only what both have. */
import { defineFleet, defineTask, defineWorker, periodic } from '@taskfleet/toolbox/contract';
import { z } from 'zod';

/** Returns its text, and in which attempt. The first `failures` attempts fail. */
export const echo = defineTask('mix.echo', {
  input: z.object({ text: z.string(), failures: z.int().default(0) }),
  output: z.object({ text: z.string(), attempt: z.int() }),
  retry: { maxAttempts: 3, backoff: { initial: '200ms', jitter: false } },
});

/** Returns how many of its group have run before it. */
export const step = defineTask('mix.step', {
  input: z.object({ group: z.string() }),
  output: z.int(),
  group: ({ group }) => group,
});

/** Runs until it is cancelled. */
export const wait = defineTask('mix.wait', { input: z.object({}), output: z.void() });

/** Schedules an echo, and returns what that does. */
export const parent = defineTask('mix.parent', {
  input: z.object({ text: z.string() }),
  output: z.string(),
});

/** Adds. */
export const add = defineTask('mix.add', {
  input: z.object({ a: z.number(), b: z.number() }),
  output: z.number(),
});
export const increment = defineTask('mix.increment', { input: z.number(), output: z.number() });
export const total = defineTask('mix.total', { input: z.array(z.number()), output: z.number() });

/** May be more or less urgent. */
export const urgent = defineTask('mix.urgent', {
  input: z.object({}),
  output: z.string(),
  priority: 'normal',
});

/** Fires every second. */
export const tick = defineTask('mix.tick', { input: z.object({}), output: z.void() });

export const mixedWorker = defineWorker('mix', {
  tasks: [echo, step, wait, parent, add, increment, total, urgent, tick],
  concurrency: 20,
  lease: '6s',
  priorities: true,
});

export const mixedFleet = defineFleet([mixedWorker], {
  periodic: [periodic('ticking', { every: '1s', task: tick, input: {}, missed: 'skip' })],
});
