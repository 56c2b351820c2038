import { queuesOf, queuesOfAll, subscribedQueues } from './serviceQueues.ts';
import type { Rule, Synthesized } from './rule.ts';

/** A task that no queue gets is lost, and one that two get is run by whoever is first; a queue without a filter gets everybody's. */
export const oneQueueForEachWorker: Rule = (synthesized) => {
  const { fleet } = synthesized;
  const names = fleet.workers.map(({ name }) => name);
  return [
    ...names.flatMap((name) => one(`the tasks of ${name}`, queuesOf(synthesized, name).length)),
    ...one('every task, for the platform', queuesOfAll(synthesized).length),
    ...strangers(synthesized, names),
    ...shared(synthesized),
    ...wrapped(synthesized),
  ];
};

function one(what: string, count: number): string[] {
  if (count === 1) return [];
  return [`expected one queue subscribed to ${what}, got ${count}; change the filter policies`];
}

function strangers(synthesized: Synthesized, names: readonly string[]): string[] {
  return subscribedQueues(synthesized).flatMap(({ queue, workers = [] }) =>
    workers
      .filter((worker) => !names.includes(worker))
      .map(
        (worker) =>
          `${queue.id}: expected tasks of a worker of the fleet, got "${worker}"; correct its filter policy`,
      ),
  );
}

function shared(synthesized: Synthesized): string[] {
  return subscribedQueues(synthesized)
    .filter(({ workers = [] }) => workers.length > 1)
    .map(
      ({ queue, workers = [] }) =>
        `${queue.id}: expected tasks of one worker, got ${workers.join(' and ')}; give each a queue`,
    );
}

function wrapped(synthesized: Synthesized): string[] {
  return subscribedQueues(synthesized)
    .filter(({ isRaw }) => !isRaw)
    .map(({ queue }) => {
      return `${queue.id}: expected raw messages, which workers read; set RawMessageDelivery on its subscription`;
    });
}
