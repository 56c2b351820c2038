import { type Environment, readConfig } from '@taskfleet/toolbox/config';
import { nearestName, PRIORITIES, routingKey } from '@taskfleet/toolbox/contract';
import { z } from 'zod';
import { UnknownServiceError } from '../errors.ts';

const addresses = z.object({
  queueUrl: z.url(),
  deadLetterQueueUrl: z.url(),
  /** Of a worker with priorities. */
  highQueueUrl: z.url().optional(),
  lowQueueUrl: z.url().optional(),
});

/** Addresses of one service's queues, and of its dead letters. */
export type QueuePair = z.output<typeof addresses>;

/** The queues of every service, workers and platform, by the service's name. */
export type ServiceQueues = ReadonlyMap<string, QueuePair>;

const EXPECTED =
  'expected {"<service>": {"queueUrl": …, "deadLetterQueueUrl": …}, …} as JSON, one for each worker and the platform';

const settings = {
  queues: {
    variable: 'TASKFLEET_QUEUES',
    schema: z
      .string(`is missing; ${EXPECTED}`)
      .transform((text) => parseQueues(text))
      .refine((queues) => queues !== undefined, EXPECTED),
  },
} as const;

/** Throws ConfigError when `TASKFLEET_QUEUES` is missing or wrong. */
export function serviceQueues(environment: Environment): ServiceQueues {
  return readConfig(settings, environment).queues ?? new Map();
}

function parseQueues(text: string): ServiceQueues | undefined {
  try {
    const { data } = z.record(z.string(), addresses).safeParse(JSON.parse(text));
    return data && new Map(Object.entries(data));
  } catch {
    return undefined;
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
