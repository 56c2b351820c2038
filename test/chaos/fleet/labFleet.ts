import { defineFleet, defineTask, defineWorker } from '@taskfleet/toolbox/contract';
import { z } from 'zod';

/** The shortest lease there is, so that faults are felt soon. */
export const LEASE_SECONDS = 6;

const retry = {
  maxAttempts: 6,
  backoff: { initial: '500ms', factor: 2, max: '2s' },
} as const;

const nothing = z.object({});

/** `n` counts the tasks of a run: with the seed it decides what a handler does. */
const numbered = { n: z.int() };

/** Returns at once. */
export const quick = defineTask('lab.quick', {
  input: z.object(numbered),
  output: nothing,
  retry,
});

/** Takes `ms`, and says how far it is. */
export const slow = defineTask('lab.slow', {
  input: z.object({ ...numbered, ms: z.int() }),
  output: nothing,
  retry,
});

/** Fails now and then, and for some `n` always. */
export const flaky = defineTask('lab.flaky', {
  input: z.object(numbered),
  output: nothing,
  retry,
});

/** One of a group: number `sequence`, never before `sequence - 1` has ended. */
export const step = defineTask('lab.step', {
  input: z.object({ ...numbered, group: z.string(), sequence: z.int() }),
  output: nothing,
  retry,
  group: ({ group }) => group,
});

/** Schedules so many quick tasks. */
export const parent = defineTask('lab.parent', {
  input: z.object({ ...numbered, children: z.int() }),
  output: nothing,
  retry,
});

export const labWorker = defineWorker('lab', {
  tasks: [quick, slow, flaky, step, parent],
  concurrency: 6,
  lease: `${LEASE_SECONDS}s`,
});

export const labFleet = defineFleet([labWorker]);

export const MAX_ATTEMPTS = retry.maxAttempts;
