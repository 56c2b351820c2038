import {
  PLATFORM_QUEUE,
  type Priority,
  queuesOf,
  type QueueSettings,
  type Worker,
  workerQueueSettings,
} from '../../../contract/index.ts';
import type { Check } from '../check.ts';
import { queueFor } from '../observe/queue.ts';
import type { StageSeen } from '../observe/stage.ts';
import { makeAgain, type Place } from '../place.ts';
import { checkBucket } from './bucket.ts';
import { checkDeadLetters, checkQueue } from './queues.ts';
import { checkSubscriptions } from './subscriptions.ts';
import { checkTable } from './table.ts';
import { checkTopic } from './topic.ts';

/** Name of the service that is no worker. */
export const PLATFORM = 'platform';

export interface StageToCheck {
  readonly seen: StageSeen;
  /** Every worker of the contracts. */
  readonly workers: readonly Worker[];
  /** Whose queues and subscription are looked into, beside the platform's. Default: all. */
  readonly only?: Worker | undefined;
  readonly place: Place;
}

/** All rules of a stage, by its contracts. Pure. */
export function checkStage({ seen, workers, only, place }: StageToCheck): Check[] {
  const services = servicesOf(only ? [only] : workers);
  const known = [
    ...seen.services.values(),
    ...servicesOf(workers).flatMap(subscribersIn(seen)),
  ].map(({ queueUrl }) => queueUrl);
  return [
    ...checkTopic(seen, place),
    ...checkSubscriptions(
      seen.topic,
      { subscribers: services.flatMap(subscribersIn(seen)), known },
      place,
    ),
    ...checkTable(seen.table, place),
    ...checkBucket({ bucket: seen.bucket, workers, place }),
    ...services.flatMap((declared) => checkService(seen, declared, place)),
    ...surplus(seen, workers, place),
    ROLES,
  ];
}

interface DeclaredQueue {
  readonly name: string;
  readonly priority: Priority;
  readonly routingKey: string | undefined;
}

interface DeclaredService {
  readonly service: string;
  readonly queues: readonly DeclaredQueue[];
  readonly settings: QueueSettings;
}

function servicesOf(workers: readonly Worker[]): DeclaredService[] {
  const copies = { name: PLATFORM, priority: 'normal', routingKey: undefined } as const;
  return [
    { service: PLATFORM, queues: [copies], settings: PLATFORM_QUEUE },
    ...workers.map((worker) => ({
      service: worker.name,
      queues: queuesOf(worker),
      settings: workerQueueSettings(worker),
    })),
  ];
}

/** The queues of a service that are there. */
function subscribersIn({ services }: StageSeen) {
  return ({ service, queues }: DeclaredService) => {
    const seen = services.get(service);
    return queues.flatMap(({ name, priority, routingKey }) => {
      const found = seen && queueFor(seen, priority);
      return found ? [{ name, routingKey, queueUrl: found.queueUrl }] : [];
    });
  };
}

function checkService(
  { services }: StageSeen,
  { service, queues, settings }: DeclaredService,
  place: Place,
): Check[] {
  const seen = services.get(service);
  if (!seen) return [missing(service, place)];
  return [
    ...queues.flatMap(({ name, priority }) => {
      const found = queueFor(seen, priority);
      if (!found) return missing(name, place);
      return checkQueue(name, { seen: { ...seen, ...found }, settings, place });
    }),
    ...checkDeadLetters({ service, seen, place }),
  ];
}

/** Declared, and not among the addresses that the stage gave. */
function missing(service: string, place: Place): Check {
  return {
    subject: `queue of ${service}`,
    rule: 'is there',
    verdict: 'error',
    cause: 'TASKFLEET_QUEUES names no such queue: the stage is older than the contracts',
    mend: makeAgain(place),
  };
}

/** Deployed, and not declared. */
function surplus(seen: StageSeen, workers: readonly Worker[], place: Place): Check[] {
  const known = new Set([PLATFORM, ...workers.map(({ name }) => name)]);
  return [...seen.services.keys()]
    .filter((name) => !known.has(name))
    .map((name) => ({
      subject: `queue of ${name}`,
      rule: 'is declared',
      verdict: 'warning',
      cause:
        'no contract declares that worker: it was renamed or removed, or these contracts are older than the stage',
      mend: `empty its queue first; then ${makeAgain(place)}`,
    }));
}

/** IAM is not asked: a worker's round trip shows that its role and the platform's let it do its work. */
const ROLES: Check = {
  subject: 'roles',
  rule: 'what they allow',
  verdict: 'unchecked',
  cause:
    'the doctor does not read IAM; a ping that succeeds shows what a role has, not what it has too much',
  mend: 'compare with infra/permissions, which npm test checks',
};
