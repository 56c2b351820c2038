import { PLATFORM_QUEUE, type Worker, workerQueueSettings } from '../../../contract/index.ts';
import type { Check } from '../check.ts';
import type { StageSeen } from '../observe/stage.ts';
import { makeAgain, type Place } from '../place.ts';
import { checkBucket } from './bucket.ts';
import { checkQueues } from './queues.ts';
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
  return [
    ...checkTopic(seen, place),
    ...checkSubscriptions(seen, services, place),
    ...checkTable(seen.table, place),
    ...checkBucket({ bucket: seen.bucket, workers, place }),
    ...services.flatMap(({ service, settings }) => {
      const found = seen.services.get(service);
      return found
        ? checkQueues({ service, settings, seen: found, place })
        : missing(service, place);
    }),
    ...surplus(seen, workers, place),
    ROLES,
  ];
}

function servicesOf(workers: readonly Worker[]) {
  return [
    { service: PLATFORM, worker: undefined, settings: PLATFORM_QUEUE },
    ...workers.map((worker) => ({
      service: worker.name,
      worker: worker.name,
      settings: workerQueueSettings(worker),
    })),
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
