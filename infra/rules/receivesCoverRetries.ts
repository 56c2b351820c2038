import { maxReceiveCount } from '@taskfleet/toolbox/contract';
import type { Rule } from './rule.ts';
import { queuesOf, queuesOfAll, redriveOf } from './serviceQueues.ts';

/** A queue that gives up earlier dead-letters what the retry policy would still try; one without dead letters tries for ever. */
export const receivesCoverRetries: Rule = (synthesized) => {
  const tooFew = synthesized.fleet.workers.flatMap((worker) => {
    const least = maxReceiveCount(worker);
    return queuesOf(synthesized, worker).flatMap((queue) => {
      const count = redriveOf(synthesized, queue)?.maxReceiveCount ?? least;
      if (count >= least) return [];
      return [
        `${queue.id}: expected a maxReceiveCount of at least ${least}, which the retries of ${worker.name} may use, ` +
          `got ${count}; raise it, or lower the maxAttempts and maxSnoozes of its tasks`,
      ];
    });
  });
  const fed = [
    ...synthesized.fleet.workers.flatMap((worker) => queuesOf(synthesized, worker)),
    ...queuesOfAll(synthesized),
  ];
  const without = fed
    .filter((queue) => redriveOf(synthesized, queue) === undefined)
    .map((queue) => `${queue.id}: expected a queue for its dead letters; give it a RedrivePolicy`);
  return [...tooFew, ...without];
};
