import { defineFleet, defineTask, defineWorker, periodic } from '@taskfleet/toolbox/contract';
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

const place = z.object({
  ...numbered,
  stage: z.int(),
  index: z.int(),
  ms: z.int(),
  fails: z.boolean(),
});

/** Of a flow: returns its `n` after `ms`, or fails for good. Its stage begins when the one before has ended. */
export const member = defineTask('lab.member', {
  input: place,
  output: z.object(numbered),
  retry,
});

/** Of a flow as well, but no process of the lab's worker knows it: it dies. */
export const gone = defineTask('lab.gone', { input: place, output: z.object(numbered), retry });

/** A flow's callback, which takes `ms`. `n` is the flow's. */
export const gather = defineTask('lab.gather', {
  input: z.object({ ...numbered, ms: z.int(), results: z.array(z.json()) }),
  output: nothing,
  retry,
});

/** What is scheduled when a flow has failed. `n` is the flow's. */
export const regret = defineTask('lab.regret', {
  input: z.object({ ...numbered, failure: z.object({ flowId: z.string() }) }),
  output: nothing,
  retry,
});

/** Fires every two seconds. */
export const tick = defineTask('lab.tick', { input: z.object(numbered), output: nothing, retry });

export const TICK_EVERY_MS = 2_000;

const handled = [quick, slow, flaky, step, parent, member, gather, regret, tick] as const;
const settings = { concurrency: 6, lease: `${LEASE_SECONDS}s` } as const;

/** What the lab's processes run: of the version before `gone`. */
export const runningWorker = defineWorker('lab', { tasks: handled, ...settings });

const labWorker = defineWorker('lab', { tasks: [...handled, gone], ...settings });

/** All that is missed is made up for, so that every time has its firing. */
export const ticking = periodic('lab-tick', {
  every: '2s',
  task: tick,
  input: { n: 0 },
  missed: 'all',
});

export const labFleet = defineFleet([labWorker], { periodic: [ticking] });

export const MAX_ATTEMPTS = retry.maxAttempts;
