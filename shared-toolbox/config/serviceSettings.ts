import { z } from 'zod';
import { fleetSettings, required } from './fleetSettings.ts';
import { wholeNumber } from './fromText.ts';
import type { Rule } from './readSettings.ts';
import type { DescribedSettings } from './setting.ts';

const SERVICES = ['worker', 'platform'] as const;

const seconds = (from: number, to: number, standard: number) => ({
  unit: 'seconds',
  schema: wholeNumber({ from, to, standard, unit: 'seconds' }),
});

/** What a process that consumes a queue is told besides. */
export const consumerSettings = {
  queueUrl: {
    variable: 'TASKFLEET_QUEUE_URL',
    meaning: "address of the service's own queue",
    readers: SERVICES,
    schema: required('the address of its queue'),
  },
  deadLetterQueueUrl: {
    variable: 'TASKFLEET_DEAD_LETTER_QUEUE_URL',
    meaning: 'address of its dead-letter queue',
    readers: SERVICES,
    schema: required('the address of its dead-letter queue'),
  },
  highQueueUrl: {
    variable: 'TASKFLEET_HIGH_QUEUE_URL',
    meaning: 'of a worker with priorities: address of its queue for what is urgent',
    readers: ['worker'],
    schema: z.string().optional(),
  },
  lowQueueUrl: {
    variable: 'TASKFLEET_LOW_QUEUE_URL',
    meaning: 'of a worker with priorities: address of its queue for what is not',
    readers: ['worker'],
    schema: z.string().optional(),
  },
  pollSeconds: {
    variable: 'TASKFLEET_POLL_SECONDS',
    meaning: 'how long a receive waits for messages: shorter stops sooner, longer costs less',
    readers: SERVICES,
    ...seconds(0, 20, 20),
  },
  graceSeconds: {
    variable: 'TASKFLEET_GRACE_SECONDS',
    meaning: 'how long running tasks may go on after SIGTERM; ECS allows 120',
    readers: ['worker'],
    ...seconds(0, 120, 30),
  },
  heartbeatSeconds: {
    variable: 'TASKFLEET_HEARTBEAT_SECONDS',
    meaning:
      'how often a worker says that it lives, and hears what is wanted of it: each time costs a write unit',
    readers: ['worker'],
    ...seconds(1, 60, 10),
  },
  watchdogSeconds: {
    variable: 'TASKFLEET_WATCHDOG_SECONDS',
    meaning:
      'a service that has received nothing for so long, for no known reason, exits with 3, for another to take its place',
    readers: SERVICES,
    unit: 'seconds',
    // A single receive may take 90 with the SDK's retries and still succeed.
    bounds: '120 to 3600, or 0 for never',
    schema: wholeNumber({ from: 0, to: 3_600, standard: 300, unit: 'seconds' }).refine(
      (value) => value === 0 || value >= 120,
      'expected 0, for none, or at least 120 seconds',
    ),
  },
  logLevel: {
    variable: 'TASKFLEET_LOG_LEVEL',
    meaning: 'the least urgent lines that a service writes',
    readers: SERVICES,
    schema: z
      .enum(['debug', 'info', 'warn', 'error'], 'expected debug, info, warn or error')
      .default('info'),
  },
  ecsAgentUri: {
    variable: 'ECS_AGENT_URI',
    meaning:
      'set by ECS in its containers: where its agent is asked to protect one that runs tasks from a scale-in',
    bounds: 'an address',
    readers: ['worker'],
    schema: z.url('expected an address').optional(),
  },
} as const satisfies DescribedSettings;

export const serviceSettings = { ...fleetSettings, ...consumerSettings } as const;

/** A queue that is not known gives no tasks, and one that is not received from keeps them. */
export const queuesFitPriorities =
  (priorities: boolean): Rule =>
  ({ highQueueUrl, lowQueueUrl }) =>
    [highQueueUrl, lowQueueUrl].flatMap((reading) => {
      if (!reading || (reading.origin !== 'not set') === priorities) return [];
      return priorities
        ? `${reading.source}: is missing; expected the address of that queue, because the contract says priorities`
        : `${reading.source}: expected none, because the contract has no priorities; deploy the stack that belongs to it`;
    });
