import {
  type ConfigOf,
  type DescribedSettings,
  type Environment,
  fromText,
  readConfig,
} from '@taskfleet/toolbox/config';
import { nearestName, PRIORITIES, routingKey } from '@taskfleet/toolbox/contract';
import { z } from 'zod';
import { UnknownServiceError } from '../errors.ts';

const EXPECTED =
  'expected {"<service>": {"queueUrl": …, "deadLetterQueueUrl": …}, …} as JSON, one for each worker and the platform';

const address = z.url(EXPECTED);

const addresses = z.object(
  {
    queueUrl: address,
    deadLetterQueueUrl: address,
    /** Of a worker with priorities. */
    highQueueUrl: address.optional(),
    lowQueueUrl: address.optional(),
  },
  EXPECTED,
);

/** Addresses of one service's queues, and of its dead letters. */
export type QueuePair = z.output<typeof addresses>;

/** The queues of every service, workers and platform, by the service's name. */
export type ServiceQueues = ReadonlyMap<string, QueuePair>;

export const queuesSettings = {
  queues: {
    variable: 'TASKFLEET_QUEUES',
    meaning:
      "every service's queues: those that the platform watches, and `taskfleet dead` acts on",
    bounds: '`{"<service>": {"queueUrl": …, "deadLetterQueueUrl": …}, …}` as JSON',
    readers: ['platform', 'cli'],
    schema: fromText(
      parseJson,
      z.record(z.string(), addresses, {
        error: ({ input }) => (input === undefined ? `is missing; ${EXPECTED}` : EXPECTED),
      }),
    ),
  },
} as const satisfies DescribedSettings;

/** Throws ConfigError when `TASKFLEET_QUEUES` is missing or wrong. */
export function serviceQueues(environment: Environment): ServiceQueues {
  return serviceQueuesOf(readConfig(queuesSettings, environment));
}

export function serviceQueuesOf({ queues }: ConfigOf<typeof queuesSettings>): ServiceQueues {
  return new Map(Object.entries(queues));
}

/** What is no JSON stays text, which is not what is expected. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Throws UnknownServiceError with the nearest name that exists. */
export function queuesOf(queues: ServiceQueues, service: string): QueuePair {
  const pair = queues.get(service);
  if (pair) return pair;
  const known = [...queues.keys()];
  throw new UnknownServiceError(service, nearestName(service, known), known);
}

/** Where a letter was before it died: in the queue of its routing key, or in that of what is neither high nor low. Pure. */
export function queueUrlOf(
  { queueUrl, highQueueUrl, lowQueueUrl }: QueuePair,
  service: string,
  key: string | undefined,
): string {
  const urls = { high: highQueueUrl, normal: queueUrl, low: lowQueueUrl };
  const own = PRIORITIES.find((priority) => routingKey(service, priority) === key);
  return urls[own ?? 'normal'] ?? queueUrl;
}
